import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import type { Requirement } from "./requirements.ts";

/** A command as a server describes it. */
export interface ServerCommand {
  readonly name: string;
  /** Words that it takes at least, its own among them. */
  readonly words: number;
  /** Access categories, sorted, without "@". */
  readonly categories: readonly string[];
}

interface CachePrograms {
  readonly server: string;
  readonly client: string;
}

/** Valkey, or Redis, from which it comes and whose access strings it took over. PREFLIGHT_VALKEY_BIN names another folder. */
function findPrograms(): CachePrograms | undefined {
  const given = process.env["PREFLIGHT_VALKEY_BIN"];
  const folders = given === undefined ? (process.env["PATH"] ?? "").split(delimiter) : [given];
  for (const name of ["valkey", "redis"]) {
    for (const folder of folders) {
      const [server, client] = [join(folder, `${name}-server`), join(folder, `${name}-cli`)];
      if (existsSync(server) && existsSync(client)) return { server, client };
    }
  }
  return undefined;
}

const programs = findPrograms();

export const VALKEY_SERVER: Requirement = {
  here: programs !== undefined,
  missing: "no valkey-server or redis-server with its client; install one or name its folder in PREFLIGHT_VALKEY_BIN",
};

/** A server of its own on a socket in a folder that is deleted with it; it keeps nothing. */
export class ThrowawayValkey {
  private readonly folder = mkdtempSync(join(tmpdir(), "preflight-valkey-"));
  private readonly socket = join(this.folder, "s");
  private readonly programs: CachePrograms;
  private readonly child: ChildProcess;

  /** Throws where {@link VALKEY_SERVER} is not here. */
  constructor() {
    if (programs === undefined) throw new Error(VALKEY_SERVER.missing);
    this.programs = programs;
    const settings = [
      "--port",
      "0",
      "--unixsocket",
      this.socket,
      "--save",
      "",
      "--appendonly",
      "no",
      "--dir",
      this.folder,
    ];
    this.child = spawn(programs.server, settings, { stdio: "ignore" });
  }

  /** The answer to a command, one line for each of its parts. */
  ask(...words: readonly string[]): string[] {
    const text = execFileSync(this.programs.client, ["-s", this.socket, ...words], { encoding: "utf8", stdio: "pipe" });
    return text.split("\n").filter((line) => line !== "");
  }

  /** Resolves once the server answers. */
  async ready(): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        if (existsSync(this.socket) && this.ask("PING")[0] === "PONG") return;
      } catch (error) {
        if (attempt >= 100) throw error;
      }
      if (attempt >= 100) throw new Error("the server does not answer");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** The engine's version: "valkey 8.1.1", "redis 7.0.15". */
  version(): string {
    const info = this.ask("INFO", "server").map((line) => line.trim().split(":"));
    const of = (key: string) => info.find(([name]) => name === key)?.[1];
    const valkey = of("valkey_version");
    return valkey === undefined ? `redis ${of("redis_version") ?? ""}` : `valkey ${valkey}`;
  }

  /** Every command and subcommand (`command|subcommand`), as the server describes itself. */
  commands(): readonly ServerCommand[] {
    const read = (entry: readonly unknown[]): ServerCommand[] => {
      const [name, arity, , , , , categories, , , subcommands] = entry;
      if (typeof name !== "string" || typeof arity !== "number" || !Array.isArray(categories)) return [];
      const own = {
        name,
        words: Math.abs(arity),
        categories: categories.map((its) => String(its).slice(1)).toSorted(),
      };
      return [own, ...(Array.isArray(subcommands) ? subcommands.flatMap(read) : [])];
    };
    const [answer = "[]"] = this.ask("--json", "COMMAND");
    return JSON.parse(answer).flatMap(read);
  }

  /** Names of commands which a user may run, whatever the keys. */
  allowed(user: string, commands: readonly ServerCommand[]): string[] {
    // With too few words it would be told of those; a number serves as key, as value and as count of keys.
    const questions = commands.map(({ name, words }) => {
      const own = name.split("|");
      return ["ACL", "DRYRUN", user, ...own, ...Array.from({ length: words - own.length }, () => "1")].join(" ");
    });
    const input = `${questions.join("\n")}\n`;
    const text = execFileSync(this.programs.client, ["-s", this.socket], { encoding: "utf8", input });
    const answers = text.split("\n").filter((line) => line !== "");
    const strange = answers.filter((answer) => answer !== "OK" && !answer.includes("has no permissions to run the"));
    if (answers.length !== commands.length || strange.length > 0)
      throw new Error(`${commands.length} questions, ${answers.length} answers: ${strange.join("; ")}`);
    return commands.flatMap(({ name }, index) => (answers[index] === "OK" ? [name] : []));
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill();
    await ended;
    rmSync(this.folder, { recursive: true });
  }
}
