import { describe, expect, it } from "vitest";

import { defineCommand } from "../../cli/command.ts";
import { environment, flag } from "../../cli/options.ts";
import { runCommand } from "../../cli/run.ts";
import { testIo } from "../support/cli.ts";

/** A command that changes something, and what it has done. */
function changing(asks: "here" | "elsewhere" | "never") {
  const done: string[] = [];
  const command = defineCommand({
    name: "drop",
    group: "Try",
    summary: "Drops rows",
    script: "drop",
    options: { json: flag("as JSON") },
    positionals: { environment: environment("whose rows") },
    changes: { what: "rows of the database", asks },
    examples: [{ command: "npm run drop", says: "drop them" }],
    exits: { 0: "dropped" },
    run: (values, { act }) =>
      act({ steps: [`drop row 1 of ${values.environment}`, "drop row 2"], question: "Drop 2 rows?" }, () => {
        done.push("dropped");
        return Promise.resolve(0);
      }),
  });
  return { command, done };
}

const PLAN = "drop row 1 of staging\ndrop row 2\n";

describe("a command that changes something", () => {
  it("shows what it would do under --dry-run, as its output, and does nothing", async () => {
    for (const asks of ["here", "elsewhere", "never"] as const) {
      const { command, done } = changing(asks);
      const io = testIo();
      expect(await runCommand(command, ["staging", "--dry-run"], io)).toBe(0);
      expect(io.written()).toEqual({ output: PLAN, notes: "" });
      expect(done).toEqual([]);
    }
  });

  it("shows it as JSON where that was asked for", async () => {
    const { command, done } = changing("here");
    const io = testIo();
    expect(await runCommand(command, ["staging", "--dry-run", "--json"], io)).toBe(0);
    expect(JSON.parse(io.written().output)).toEqual({ steps: PLAN.trimEnd().split("\n") });
    expect(done).toEqual([]);
  });

  it("neither asks nor announces where only files of the checkout change", async () => {
    const { command, done } = changing("never");
    const io = testIo();
    expect(await runCommand(command, ["staging"], io)).toBe(0);
    expect(io.written()).toEqual({ output: "", notes: "" });
    expect(done).toEqual(["dropped"]);
    expect(await runCommand(command, ["staging", "--yes"], testIo())).toBe(2);
  });

  it("asks after it has shown its plan, and goes ahead when it may", async () => {
    const { command, done } = changing("here");
    const io = testIo({ isTTY: true });
    io.input.write("y\n");
    expect(await runCommand(command, ["staging"], io)).toBe(0);
    expect(io.written().notes).toMatch(/^drop row 1 of staging\ndrop row 2\nDrop 2 rows\? \[y\/N\] /);
    expect(done).toEqual(["dropped"]);
  });

  it("does nothing when it may not", async () => {
    const { command, done } = changing("here");
    const io = testIo({ isTTY: true });
    io.input.write("no\n");
    expect(await runCommand(command, ["staging"], io)).toBe(2);
    expect(io.written().notes).toContain("Nothing was done.\n");
    expect(done).toEqual([]);
  });

  it("refuses without a terminal, unless --yes answers", async () => {
    const { command, done } = changing("here");
    const io = testIo();
    expect(await runCommand(command, ["staging"], io)).toBe(2);
    expect(io.written().notes).toContain("Say --yes to go ahead");
    expect(done).toEqual([]);
    expect(await runCommand(command, ["staging", "--yes"], testIo())).toBe(0);
    expect(done).toEqual(["dropped"]);
  });

  it("leaves the question to the program behind it where that asks itself", async () => {
    const { command, done } = changing("elsewhere");
    const io = testIo();
    expect(await runCommand(command, ["staging"], io)).toBe(0);
    expect(io.written()).toEqual({ output: "", notes: PLAN });
    expect(done).toEqual(["dropped"]);
    expect(await runCommand(command, ["staging", "--yes"], testIo())).toBe(2);
  });

  it("says in its help what it changes", async () => {
    const io = testIo();
    await runCommand(changing("here").command, ["--help"], io);
    expect(io.written().output).toMatch(/--dry-run .*\n {2}--yes .*[^]*Changes:\n {2}rows of the database\n/);
  });

  it.each([
    {
      words: ["stagign"],
      message: 'There is no environment "stagign": no Pulumi.stagign.yaml. Did you mean "staging"?\n',
    },
    { words: [], message: "drop needs <environment>. --help explains it.\n" },
    {
      words: ["staging", "all", "rows"],
      message: 'drop does not know what to do with "all rows". --help shows what it takes.\n',
    },
  ])("is for one environment: $words", async ({ words, message }) => {
    const io = testIo();
    expect(await runCommand(changing("here").command, words, io)).toBe(2);
    expect(io.written()).toEqual({ output: "", notes: message });
  });
});
