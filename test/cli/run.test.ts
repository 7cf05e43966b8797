import { describe, expect, it } from "vitest";

import { defineCommand } from "../../cli/command.ts";
import { UserError } from "../../cli/errors.ts";
import { choice, count, counts, environments, flag, otherwise, text } from "../../cli/options.ts";
import { runCommand, runProgram } from "../../cli/run.ts";
import { testIo } from "../support/cli.ts";

const echo = defineCommand({
  name: "echo",
  group: "Try",
  summary: "Says what it was told",
  details: ["First.", "Second."],
  script: "echo",
  options: {
    json: flag("as JSON"),
    kind: choice(["big", "small"], "which"),
    dayLimit: otherwise(count("N", "days"), 7),
    sizes: counts("N,N", "several"),
    from: text("FILE", "a file"),
  },
  positionals: { environments: environments("where") },
  examples: [{ command: "npm run echo", says: "an echo" }],
  exits: { 0: "said", 2: "not said" },
  run: (values, { output }) => {
    if (values.from === "nowhere") throw new UserError("file-missing", "There is no file nowhere.", "Name another.");
    if (values.from === "defect") throw new TypeError("x is not a function");
    output.write(`${JSON.stringify(values)}\n`);
    return Promise.resolve(values.kind === "big" ? 1 : 0);
  },
});

async function run(...words: string[]) {
  const io = testIo();
  return { status: await runCommand(echo, words, io), ...io.written() };
}

describe("a command line", () => {
  it("gives every option a value of its type", async () => {
    const { status, output } = await run(
      "staging",
      "--kind",
      "big",
      "production",
      "--day-limit=3",
      "--sizes",
      "1,20",
      "--from=x",
    );
    expect(status).toBe(1);
    expect(JSON.parse(output)).toEqual({
      environments: ["staging", "production"],
      json: false,
      kind: "big",
      dayLimit: 3,
      sizes: [1, 20],
      from: "x",
    });
    expect(JSON.parse((await run()).output)).toEqual({
      environments: ["production", "staging"],
      json: false,
      dayLimit: 7,
    });
  });

  it.each([
    [["--knd", "big"], "There is no option --knd. Did you mean --kind? --help lists them all."],
    [["--dayLimit", "3"], "There is no option --dayLimit. Did you mean --day-limit? --help lists them all."],
    [["--xyzzyplugh"], "There is no option --xyzzyplugh. --help lists them all."],
    [["-x"], "There is no option -x. --help lists them all."],
    [["--json=1"], "--json takes no value."],
    [["--from"], "--from needs a value: <FILE>. --help lists them all."],
    [["--from="], '--from is ""; it must not be empty.'],
    [
      ["--from", "--kind"],
      "--from needs a value: <FILE>, but --kind follows. A value that begins with - is typed --from=--kind.",
    ],
    [
      ["--day-limit", "-1"],
      "--day-limit needs a value: <N>, but -1 follows. A value that begins with - is typed --day-limit=-1.",
    ],
    [["stagign"], 'There is no environment "stagign": no Pulumi.stagign.yaml. Did you mean "staging"?'],
    [["--kind", "huge"], '--kind is "huge"; there are big, small.'],
    [["--day-limit", "0"], '--day-limit is "0"; it must be a whole number above 0.'],
    [["--day-limit", "1.5"], '--day-limit is "1.5"; it must be a whole number above 0.'],
    [["--sizes", "1,,2"], '--sizes is "1,,2"; it must be whole numbers above 0 with commas between them.'],
    [["--from", "nowhere"], "There is no file nowhere. Name another."],
  ])("is refused in one line: %s", async (words, message) => {
    expect(await run(...words)).toEqual({ status: 2, output: "", notes: `${message}\n` });
  });

  it.each([
    { words: ["--json", "--knd"], code: "unknown-option" },
    { words: ["--kind", "huge", "--json"], code: "invalid-value" },
    { words: ["--json", "--from"], code: "missing-value" },
    { words: ["--json", "--from", "nowhere"], code: "file-missing" },
  ])("is refused in JSON where that was asked for: $words", async ({ words, code }) => {
    const { status, output, notes } = await run(...words);
    expect({ status, notes }).toEqual({ status: 2, notes: "" });
    expect(JSON.parse(output)).toEqual({ error: expect.objectContaining({ code, message: expect.any(String) }) });
  });

  it("takes a value that begins with - where it is tied to its option, and a lone - anywhere", async () => {
    expect(JSON.parse((await run("--from=--json")).output)).toMatchObject({ from: "--json", json: false });
    expect(JSON.parse((await run("--from", "-")).output)).toMatchObject({ from: "-" });
  });

  it("is no matter of JSON behind --, where options end", async () => {
    expect(await run("--", "--json")).toEqual({
      status: 2,
      output: "",
      notes: 'There is no environment "--json": no Pulumi.--json.yaml. There are: production, staging.\n',
    });
  });

  it("tells a defect from a mistake of the user", async () => {
    const { status, output, notes } = await run("--from", "defect", "--json");
    expect(status).toBe(2);
    expect(JSON.parse(output)).toEqual({ error: { code: "defect", message: "x is not a function" } });
    expect(notes).toMatch(/^This is a defect of preflight, not of what you typed:\nTypeError: .*\n +at /);
  });
});

describe("help", () => {
  it("shows how the command is typed, what it takes, examples and exit codes", async () => {
    expect(await run("--help")).toEqual({
      status: 0,
      notes: "",
      output: `Says what it was told

First.
Second.

Usage: preflight echo [environments ...] [options]
       npm run echo -- [environments ...] [options]

Arguments:
  environments        where

Options:
  --json              as JSON
  --kind <big|small>  which
  --day-limit <N>     days (7)
  --sizes <N,N>       several
  --from <FILE>       a file
  -h, --help          show this

Examples:
  npm run echo
      an echo

Exit codes:
  0   said
  2   not said
`,
    });
  });
});

describe("help on a terminal", () => {
  const widest = async (columns: number) => {
    const io = testIo();
    await runCommand(echo, ["--help"], { ...io, output: Object.assign(io.output, { columns }) });
    return Math.max(
      ...io
        .written()
        .output.split("\n")
        .map((line) => line.length),
    );
  };

  it("is as wide as ever on a terminal that says it has no columns", async () => {
    expect(await widest(0)).toBe(await widest(200));
  });
});

describe("the program", () => {
  const program = async (...words: string[]) => {
    const io = testIo();
    return { status: await runProgram({ echo: () => Promise.resolve(echo) }, words, io), ...io.written() };
  };

  it("lists its commands when asked, and when nothing is said", async () => {
    const asked = await program("--help");
    expect(asked).toMatchObject({ status: 0, notes: "" });
    expect(asked.output).toContain("\nTry:\n  echo  Says what it was told\n");
    expect(await program("-h")).toEqual(asked);
    expect(await program("help")).toEqual(asked);
    expect(await program()).toEqual({ status: 2, output: "", notes: asked.output });
  });

  it("leaves everything behind a command's name to the command", async () => {
    expect((await program("echo", "staging", "--json")).output).toContain('"environments":["staging"]');
    expect(await program("help", "echo")).toEqual(await program("echo", "--help"));
  });

  it("says that packages are missing where a command's own are, and tells any other file as a defect", async () => {
    const missing = (message: string) => Object.assign(new Error(message), { code: "ERR_MODULE_NOT_FOUND" });
    const start = async (error: Error, ...words: string[]) => {
      const io = testIo();
      return { status: await runProgram({ echo: () => Promise.reject(error) }, words, io), ...io.written() };
    };
    const message = "The packages are not installed: there is no zod.";
    const noZod = missing("Cannot find package 'zod' imported from a.ts");
    for (const words of [["echo"], ["--help"]])
      expect(await start(noZod, ...words)).toEqual({ status: 2, output: "", notes: `${message} Run npm ci.\n` });
    expect(JSON.parse((await start(noZod, "echo", "--json")).output)).toEqual({
      error: { code: "packages-missing", message, next: "Run npm ci." },
    });
    expect(await start(missing("Cannot find module 'b.ts'"), "echo")).toMatchObject({
      status: 2,
      notes: expect.stringMatching(/^This is a defect/),
    });
  });

  it("knows what a misspelt command meant", async () => {
    expect(await program("ecoh")).toEqual({
      status: 2,
      output: "",
      notes: "There is no command ecoh. Did you mean echo? --help lists them all.\n",
    });
    expect((await program("constructor")).notes).toContain("There are: echo.");
    expect((await program("--hlep")).notes).toContain("Did you mean --help?");
    expect(JSON.parse((await program("ecoh", "--json")).output)).toMatchObject({ error: { code: "unknown-command" } });
  });
});
