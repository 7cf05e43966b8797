import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { PREFIX } from "../../core/names.ts";

const root = join(import.meta.dirname, "..", "..");

/** Lines of the program's files that match, as `file:line: text`. */
function linesWith(pattern: RegExp, files: readonly string[]): string[] {
  return files.flatMap((file) =>
    readFileSync(join(root, file), "utf8")
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
}

const PROGRAM = globSync(["{cli,components,config,core,ops,policies,preview,standards}/**/*.{ts,js}", "index.*s"], {
  cwd: root,
  exclude: ["policies/dist/**", "core/names.ts"],
}).map((file) => file.replaceAll("\\", "/"));
const COMPONENTS = PROGRAM.filter((file) => file.startsWith("components/"));

// Tokens of component types and the configuration's namespace are not names in AWS: `preflight:data:Database`.
describe("names have one owner", () => {
  it("is a prefix of letters and digits, without what stands between the parts of a name", () => {
    expect(PREFIX).toMatch(/^[a-z][a-z0-9]*$/);
  });

  it("looks at the whole program", () => {
    expect(PROGRAM.length).toBeGreaterThan(300);
    expect(COMPONENTS.length).toBeGreaterThan(90);
  });

  it("which alone writes the prefix", () => {
    const imported = /^\s*(?:import|export)\b.*\bfrom "|^\} from "/;
    expect(linesWith(/preflight[-/_]/, PROGRAM).filter((line) => !imported.test(line.replace(/^\S+: /, "")))).toEqual(
      [],
    );
  });

  it("which alone puts the prefix before something", () => {
    expect(linesWith(/\b(?:environment|scope)\.prefix\b|\bPREFIX\b/, COMPONENTS)).toEqual([]);
  });

  it("which alone puts something behind an environment's name", () => {
    // `${nameOf(environment)}-…` and the like; a part of a name is another argument of nameOf.
    expect(linesWith(/\$\{(?:nameOf\(|physicalName\b|clusterIdentifier\b)/, COMPONENTS)).toEqual([]);
  });

  it("which alone writes ARNs", () => {
    expect(linesWith(/arn:aws:/, COMPONENTS)).toEqual([]);
  });
});
