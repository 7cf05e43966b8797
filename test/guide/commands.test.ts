import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { parse } from "../../cli/parse.ts";
import { COMMANDS } from "../../ops/commands.ts";
import manifest from "../../package.json" with { type: "json" };
import { blocksOf, commandsOf, wordsOf } from "../support/guide.ts";
import { problemOf } from "../support/pulumi-cli.ts";

const home = join(import.meta.dirname, "..", "..");
const PAGE = "first-up.md";

const named = (word: string) => word.replace(/^(?:\$ENVIRONMENT|<environment>)$/, "production");
const scripts = commandsOf(PAGE, "npm run").map((command) => {
  const [script = "", dashes, ...words] = wordsOf(command).slice(2);
  return { command, script, dashes, words: words.map(named) };
});

describe("the blocks of shell in docs/first-up.md", () => {
  it("say how they are tested, each of them", () => {
    const blocks = blocksOf(PAGE);
    expect(blocks.length).toBeGreaterThan(20);
    expect(blocks.filter(({ mark }) => mark === undefined)).toEqual([]);
  });
});

describe("commands of npm in docs/first-up.md", () => {
  it("are scripts of the project", () => {
    const known = Object.keys(manifest.scripts);
    expect(scripts.length).toBeGreaterThan(8);
    expect(scripts.filter(({ script }) => !known.includes(script))).toEqual([]);
  });

  const ours = scripts.filter(({ script, words }) => script in COMMANDS && words.length > 0);
  it.each(ours)("are understood: $command", async ({ script, dashes, words }) => {
    expect(dashes).toBe("--");
    const command = await COMMANDS[script]?.();
    if (command === undefined) throw new Error(script);
    expect(parse(command, words, home)).toMatchObject({ help: false });
    if (script === "pulumi") expect(problemOf(words)).toBeUndefined();
    if (script === "up") expect(problemOf(["up", ...words.slice(1)])).toBeUndefined();
  });
});

describe("commands of the Pulumi CLI in docs/first-up.md", () => {
  it.each(commandsOf(PAGE, "pulumi"))("have flags that it knows: %s", (command) => {
    expect(problemOf(wordsOf(command).slice(1))).toBeUndefined();
  });

  it.each([
    ["frobnicate", "no command frobnicate"],
    ["stack init production --secret-provider x", "no flag --secret-provider of stack new"],
    ["preview -q", "no flag -q of preview"],
  ])("would be told of a mistake: pulumi %s", (command, problem) => {
    expect(problemOf(wordsOf(command))).toBe(problem);
  });
});
