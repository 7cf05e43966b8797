import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const PROCESS = JSON.stringify(new URL("../../cli/process.ts", import.meta.url).href);

/** Waits for long, and says when it is told to end. */
const PATIENT = `
process.on("SIGTERM", () => { console.log("told to end"); process.exit(7); });
console.log("pid " + process.pid);
setInterval(() => undefined, 1000);`;

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Waits until a condition holds, on a loaded machine too; what never holds is told after a minute. */
async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries === 3000) throw new Error(`It never held that ${String(condition)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("a process that ends well", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "preflight-process-"));
    writeFileSync(join(folder, "patient.mjs"), PATIENT);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Starts a script that begins with `endWell`. */
  function startScript(text: string) {
    writeFileSync(
      join(folder, "main.mjs"),
      `import { endWell, handOver, start } from ${PROCESS};\nendWell();\n${text}`,
    );
    const child = spawn(process.execPath, [join(folder, "main.mjs")], {
      stdio: ["ignore", "pipe", "pipe"],
      cwd: folder,
    });
    const written = { stdout: "", stderr: "" };
    child.stdout.on("data", (data) => (written.stdout += String(data)));
    child.stderr.on("data", (data) => (written.stderr += String(data)));
    const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
    return { child, written, ended };
  }

  const pidIn = (text: string) => Number(/pid (\d+)/.exec(text)?.[1] ?? 0);

  it.each([
    { signal: "SIGINT", code: 130 },
    { signal: "SIGTERM", code: 143 },
  ] as const)("takes its children with it on $signal, and ends with $code", async ({ signal, code }) => {
    const { child, written, ended } = startScript(`
      const child = start("patient.mjs", [], { cwd: ${JSON.stringify(folder)}, env: process.env });
      child.process.stdout.on("data", (text) => console.log(text));
      await child.ended;`);
    await until(() => pidIn(written.stdout) > 0);
    child.kill(signal);
    expect(await ended).toBe(code);
    await until(() => !isAlive(pidIn(written.stdout)));
  });

  it("leaves a signal to the program that has the terminal, and answers with its exit code", async () => {
    const { child, written, ended } = startScript(`
      const code = await handOver(process.execPath, ["patient.mjs"], { cwd: ${JSON.stringify(folder)}, env: process.env });
      console.log("ended with " + code);`);
    await until(() => pidIn(written.stdout) > 0);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(written.stdout).toContain("told to end\nended with 7\n");
  });

  it("answers for a program that a signal ended as a shell does, and rejects for one that is not there", async () => {
    const { written, ended } = startScript(`
      const where = { cwd: ${JSON.stringify(folder)}, env: process.env };
      console.log(await handOver(process.execPath, ["-e", "process.kill(process.pid, 'SIGKILL')"], where));
      await handOver("no-such-program", [], where).catch((error) => console.log(error.code));`);
    await ended;
    expect(written.stdout).toBe("137\nENOENT\n");
  });

  it("says nothing when nobody reads on", async () => {
    const { child, written, ended } = startScript(`
      for (let line = 0; line < 100; line += 1) { console.log("x".repeat(100_000)); await new Promise(setImmediate); }`);
    child.stdout.destroy();
    expect(await ended).toBe(0);
    expect(written.stderr).toBe("");
    const silent = startScript('for (;;) { console.error("x"); await new Promise(setImmediate); }');
    silent.child.stderr.destroy();
    expect(await silent.ended).toBe(0);
  });
});
