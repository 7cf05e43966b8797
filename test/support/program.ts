import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Interface } from "node:readline";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A program of a service, as a process: it answers each line with a line, and ends with its input. */
export class Program {
  private readonly process: ChildProcess;
  private readonly lines: Interface;

  /** `name` is a file of test/support/programs; the environment is all that it gets. */
  constructor(name: string, environment: Readonly<Record<string, string>>) {
    const file = fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));
    this.process = spawn(process.execPath, [file], { env: { ...environment }, stdio: ["pipe", "pipe", "inherit"] });
    if (this.process.stdout === null) throw new Error("the program has no output");
    this.lines = createInterface(this.process.stdout);
  }

  async ask(line: string): Promise<string> {
    const answer = once(this.lines, "line");
    this.process.stdin?.write(`${line}\n`);
    const [text] = await answer;
    return String(text);
  }

  async stop(): Promise<void> {
    const exited = once(this.process, "exit");
    this.process.stdin?.end();
    await exited;
  }
}

/** Answers each line of a program's input. */
export async function serveLines(answer: (line: string) => Promise<string> | string): Promise<void> {
  for await (const line of createInterface(process.stdin)) process.stdout.write(`${await answer(line)}\n`);
}
