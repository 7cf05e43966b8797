import { describe, expect, it } from "vitest";

import { parseArguments } from "../../preview/arguments.ts";

describe("the preview's command line", () => {
  it("takes --json for the format", () => {
    expect(parseArguments(["--json"]).format).toBe("json");
    expect(parseArguments(["--json", "--format", "json"]).format).toBe("json");
  });

  it("previews everything as text when nothing is said", () => {
    expect(parseArguments([])).toMatchObject({
      environments: [],
      format: "text",
      output: undefined,
      resources: false,
      unknowns: false,
      timeoutSeconds: 120,
      pack: "policies",
    });
  });

  it("takes environments and options in any order", () => {
    expect(
      parseArguments(["staging", "--format=markdown", "production", "--output", "a.md", "--unknowns"]),
    ).toMatchObject({
      environments: ["staging", "production"],
      format: "markdown",
      output: "a.md",
      unknowns: true,
    });
  });

  it.each([
    { words: ["--formt", "json"], message: "There is no option --formt. Did you mean --format?" },
    { words: ["--xyzzy"], message: "There is no option --xyzzy. --help lists them all." },
    {
      words: ["--json", "--format", "text"],
      message: "--json and --format text say different things. Use one of the two.",
    },
    { words: ["--format", "html"], message: '--format is "html"; there are text, json, markdown.' },
    { words: ["--timeout", "soon"], message: '--timeout is "soon"; it must be a number of seconds above 0.' },
    { words: ["--output"], message: "--output" },
  ])("explains $words", ({ words, message }) => {
    expect(() => parseArguments(words)).toThrow(message);
  });
});
