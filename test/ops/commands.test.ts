import { join } from "node:path";
import { describe, expect, it } from "vitest";

import type { Command } from "../../cli/command.ts";
import { flagOf } from "../../cli/parse.ts";
import { runProgram } from "../../cli/run.ts";
import { COMMANDS } from "../../ops/commands.ts";
import manifest from "../../package.json" with { type: "json" };
import { testIo } from "../support/cli.ts";

const home = join(import.meta.dirname, "..", "..");

async function preflight(...words: string[]) {
  const io = testIo({ home });
  return { status: await runProgram(COMMANDS, words, io), ...io.written() };
}

/** Swaps the last two letters: what a hurried hand types. */
const misspelt = (word: string) => word.replace(/(.)(.)$/, "$2$1");

const loaded = await Promise.all(
  Object.entries(COMMANDS).map(async ([name, load]): Promise<readonly [string, Command]> => [name, await load()]),
);
const optionsOf = ({ options, changes }: Command) =>
  ["help", ...(changes === undefined ? [] : ["dryRun"]), ...Object.keys(options)].map(flagOf);
const takesEnvironment = ({ positionals, passesOn }: Command) =>
  passesOn?.names === "environment" || Object.values(positionals).some(({ names }) => names === "environment");

describe.each(loaded)("preflight %s", (name, command) => {
  it("goes by that name, in one line of the list", async () => {
    expect(command.name).toBe(name);
    expect((await preflight("--help")).output).toContain(`  ${name.padEnd(9)}${command.summary}\n`);
    expect(command.summary.length).toBeLessThan(90);
  });

  it("has a short name in npm that says the same", () => {
    expect(manifest.scripts).toHaveProperty(command.script, `node preflight.js ${name}`);
  });

  it("explains itself, with an example and its exit codes, in lines that a terminal can show", async () => {
    const help = await preflight(name, "--help");
    expect(help).toMatchObject({ status: 0, notes: "" });
    expect(help.output).toContain(`Usage: preflight ${name} `);
    expect(help.output).toMatch(new RegExp(`\nExamples:\n  npm run (--silent )?${command.script}\\b`));
    expect(help.output).toMatch(/\nExit codes:\n {2}0 .*\n(?: {2}1 .*\n)? {2}2 .*\n$/);
    expect(Math.max(...help.output.split("\n").map((line) => line.length))).toBeLessThanOrEqual(110);
    expect(await preflight(name, "-h")).toEqual(help);
  });
});

const options = loaded
  .filter(([, { passesOn }]) => passesOn === undefined)
  .flatMap(([name, command]) => optionsOf(command).map((option) => ({ name, option })));

describe.each(options)("preflight $name $option, misspelt", ({ name, option }) => {
  it("is answered with what was meant", async () => {
    const wrong = misspelt(option);
    expect(await preflight(name, wrong)).toEqual({
      status: 2,
      output: "",
      notes: `There is no option ${wrong}. Did you mean ${option}? --help lists them all.\n`,
    });
  });
});

describe.each(loaded.filter(([, command]) => takesEnvironment(command)))("preflight %s stagign", (name) => {
  it("is answered with what was meant", async () => {
    expect(await preflight(name, "stagign")).toEqual({
      status: 2,
      output: "",
      notes: 'There is no environment "stagign": no Pulumi.stagign.yaml. Did you mean "staging"?\n',
    });
  });
});

describe.each(loaded.filter(([, { options: known }]) => "json" in known))("preflight %s --json", (name, command) => {
  const wrong = [{ word: "--jsno" }, ...(takesEnvironment(command) ? [{ word: "stagign" }] : [])];

  it.each(wrong)("tells programs what is wrong with $word, as its output", async ({ word }) => {
    const answer = await preflight(name, word, "--json");
    expect(answer).toMatchObject({ status: 2, notes: "" });
    expect(JSON.parse(answer.output)).toEqual({
      error: expect.objectContaining({
        code: expect.stringMatching(/^unknown-(option|environment)$/),
        message: expect.stringContaining("Did you mean"),
      }),
    });
  });
});

describe("preflight", () => {
  it("is what npm starts, under every short name", () => {
    expect(manifest.bin).toEqual({ preflight: "preflight.js" });
    expect(manifest.scripts.preflight).toBe("node preflight.js");
  });

  it.each(Object.keys(COMMANDS))("knows what was meant by %s misspelt", async (name) => {
    expect((await preflight(misspelt(name))).notes).toContain(`Did you mean ${name}?`);
  });
});
