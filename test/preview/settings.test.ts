import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { holdsValues } from "../../cli/options.ts";
import { parse } from "../../cli/parse.ts";
import { preview } from "../../preview/command.ts";
import type { PreviewSettings } from "../../preview/settings.ts";
import { OPTIONS, settingsOf } from "../../preview/settings.ts";

const home = join(import.meta.dirname, "..", "..");

/** What a command line asks for. */
function settings(...words: string[]): PreviewSettings {
  const { values } = parse(preview, words, home);
  if (!holdsValues(values, OPTIONS)) throw new Error("options are missing");
  return settingsOf(values);
}

describe("the preview's command line", () => {
  it("takes --json for the format", () => {
    expect(settings("--json").format).toBe("json");
    expect(settings("--json", "--format", "json").format).toBe("json");
  });

  it("previews everything as text when nothing is said", () => {
    expect(settings()).toMatchObject({
      format: "text",
      output: undefined,
      resources: false,
      unknowns: false,
      timeout: 120,
      pack: "policies",
    });
  });

  it("takes environments and options in any order", () => {
    expect(
      parse(preview, ["staging", "--format=markdown", "production", "--output", "a.md"], home).values,
    ).toMatchObject({
      environments: ["staging", "production"],
      format: "markdown",
      output: "a.md",
      unknowns: false,
    });
  });

  it.each([
    {
      words: ["--json", "--format", "text"],
      message: "--json and --format text say different things.",
    },
    { words: ["--unknowns", "--manifests", "x"], message: "--manifests needs values, which --unknowns leaves out." },
    { words: ["--format", "html"], message: '--format is "html"; there are text, json, markdown.' },
    {
      words: ["--timeout", "soon"],
      message: '--timeout is "soon"; it must be a number of seconds above 0, at most 2000000.',
    },
    { words: ["--timeout", "Infinity"], message: '--timeout is "Infinity"' },
  ])("explains $words", ({ words, message }) => {
    expect(() => settings(...words)).toThrow(message);
  });
});
