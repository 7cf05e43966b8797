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

/** The words before an environment's name, of every command that takes one. */
const NAMING = loaded
  .filter(([, { positionals, passesOn }]) =>
    /environment/.test(`${Object.keys(positionals).join(" ")} ${passesOn?.usage}`),
  )
  .map(([name]) => [name, ...(name === "endpoint" ? ["close"] : name === "images" ? ["keep"] : [])])
  .concat([
    ["up", "--stack"],
    ["up", "-s"],
  ]);

/** Columns of the list before the summaries: the longest name, and two. */
const NAME_COLUMNS = Math.max(...Object.keys(COMMANDS).map((name) => name.length)) + 2;

describe.each(loaded)("preflight %s", (name, command) => {
  it("goes by that name, in one line of the list", async () => {
    expect(command.name).toBe(name);
    expect((await preflight("--help")).output).toContain(`  ${name.padEnd(NAME_COLUMNS)}${command.summary}\n`);
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

const options = loaded.flatMap(([name, command]) => optionsOf(command).map((option) => ({ name, option })));

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

describe.each(NAMING)("preflight %s %s %s stagign", (...words) => {
  const named = words.filter((word) => typeof word === "string");

  it("is answered with what was meant", async () => {
    const message = 'There is no environment "stagign": no Pulumi.stagign.yaml. Did you mean "staging"?';
    expect(await preflight(...named, "stagign")).toEqual({ status: 2, output: "", notes: `${message}\n` });
    const answer = await preflight(...named, "stagign", "--json");
    expect(answer).toMatchObject({ status: 2, notes: "" });
    expect(JSON.parse(answer.output)).toEqual({ error: { code: "unknown-environment", message } });
  });
});

const speaking = loaded.filter(([, { options: known, passesOn }]) => "json" in known || passesOn !== undefined);

describe.each(speaking)("preflight %s --json", (name) => {
  it("tells programs what is wrong with an option, as its output", async () => {
    const answer = await preflight(name, "--hepl", "--json");
    expect(answer).toMatchObject({ status: 2, notes: "" });
    expect(JSON.parse(answer.output)).toEqual({
      error: expect.objectContaining({
        code: "unknown-option",
        message: expect.stringContaining("Did you mean --help?"),
      }),
    });
  });
});

describe("an option that npm kept for itself", () => {
  it.each([
    ["up", ["staging"], "npm_config_dry_run", "--dry-run"],
    ["format", [], "npm_config_check", "--check"],
    ["docs", [], "npm_config_check", "--check"],
  ] as const)("is told to preflight %s instead of being lost", async (name, words, variable, option) => {
    const io = testIo({ home, variables: { [variable]: "true" } });
    expect(await runProgram(COMMANDS, [name, ...words], io)).toBe(2);
    expect(io.written()).toEqual({
      output: "",
      notes: `npm kept ${option} for itself; nothing was done. Put -- before it: npm run ${name} -- ${[...words, option].join(" ")}\n`,
    });
  });

  it("is no matter to commands that have no such option, or that got it", async () => {
    const kept = { npm_config_dry_run: "true", npm_config_check: "true" };
    expect(await runProgram(COMMANDS, ["preview", "--help"], testIo({ home, variables: kept }))).toBe(0);
    const io = testIo({ home, variables: kept });
    expect(await runProgram(COMMANDS, ["up", "staging", "--dry-run"], io)).toBe(0);
    expect(io.written().output).toMatch(/^PULUMI_OPTION_POLICY_PACK=policies pulumi up --stack staging$/m);
  });
});

describe("options of preflight up", () => {
  it.each([
    ["--dryrun", "There is no option --dryrun. Did you mean --dry-run? --help lists them all."],
    ["--dry-rnu=1", "There is no option --dry-rnu. Did you mean --dry-run? --help lists them all."],
    ["--dry-run=true", "--dry-run takes no value."],
    ["--help=up", "--help takes no value."],
  ])("are refused rather than handed on with a deployment: %s", async (word, message) => {
    expect(await preflight("up", "staging", word)).toEqual({ status: 2, output: "", notes: `${message}\n` });
  });

  it("that are the CLI's own are handed on", async () => {
    const words = [
      "--yes",
      "--diff",
      "--debug",
      "--json",
      "--plan=p",
      "--replace",
      "u",
      "--refresh",
      "--run-program",
      "--exclude",
      "u",
      "--target",
      "u",
    ];
    expect(JSON.parse((await preflight("up", "staging", "--dry-run", ...words)).output)).toEqual({
      steps: [expect.stringMatching(new RegExp(` ${words.join(" ")}$`))],
    });
  });
});

describe("preflight", () => {
  it("tells its version", async () => {
    expect(await preflight("--version")).toEqual({ status: 0, output: `${manifest.version}\n`, notes: "" });
  });

  it("never takes an option for a command, which might deploy", async () => {
    expect((await preflight("-u")).notes).toBe("There is no option -u before a command. --help lists all commands.\n");
    expect((await preflight("--hlep")).notes).toContain("Did you mean --help?");
  });

  it("is what npm starts, under every short name", () => {
    expect(manifest.bin).toEqual({ preflight: "preflight.js" });
    expect(manifest.scripts.preflight).toBe("node preflight.js");
  });

  it.each(Object.keys(COMMANDS))("knows what was meant by %s misspelt", async (name) => {
    expect((await preflight(misspelt(name))).notes).toContain(`Did you mean ${name}?`);
  });
});
