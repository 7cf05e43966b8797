import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

// The rules under test need no types, so nothing is type-checked for them.
const eslint = new ESLint({
  cwd: root,
  ruleFilter: ({ ruleId }) =>
    [
      "@typescript-eslint/no-restricted-imports",
      "no-restricted-syntax",
      "max-lines",
      "max-lines-per-function",
    ].includes(ruleId),
  overrideConfig: { languageOptions: { parserOptions: { project: null } } },
});

/** Names of the rules which refuse a text that stood in that file. */
async function refusals(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(root, file) });
  if (result === undefined) throw new Error(`${file} is ignored by the configuration of ESLint`);
  return result.messages.map(({ ruleId, message }) => ruleId ?? message);
}

const BROKEN_LAYER = ["@typescript-eslint/no-restricted-imports"];

/** Every folder of the program with what it may import by value; "type:" for types alone. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  "core/new.ts": [],
  "standards/new.ts": ["core"],
  "config/blocks/new.ts": ["core", "standards"],
  "observability/new.ts": ["core", "standards"],
  "components/cluster/new.ts": ["core", "standards", "type:config"],
  "components/monitoring/new.ts": ["core", "standards", "observability", "type:config"],
  "policies/rules/kms/new.ts": ["core", "standards"],
  "checklist/new.ts": ["core", "standards", "observability"],
  "cli/new.ts": ["core"],
  "preview/engine/new.ts": ["core", "standards", "cli"],
  "ops/release/new.ts": ["core", "standards", "observability", "checklist", "cli", "config", "policies", "preview"],
  "index.ts": ["core", "standards", "config", "components"],
};

const FOLDERS = [
  ...new Set(Object.keys(ALLOWED).flatMap((file) => (file.includes("/") ? [file.split("/")[0] ?? ""] : []))),
  "test",
];

const PAIRS = Object.entries(ALLOWED).flatMap(([file, allowed]) =>
  FOLDERS.filter((folder) => !file.startsWith(`${folder}/`)).map((folder) => ({
    file,
    folder,
    value: allowed.includes(folder),
    type: allowed.includes(folder) || allowed.includes(`type:${folder}`),
  })),
);

describe("imports between the layers", () => {
  it("are decided for every pair of folders", () => {
    expect(PAIRS).toHaveLength(12 * 11 - 11);
  });

  it.each(PAIRS)("$file may import $folder: $value, its types: $type", async ({ file, folder, value, type }) => {
    const up = file === "index.ts" ? "./" : "../".repeat(file.split("/").length - 1);
    const expected = (allowed: boolean) => (allowed ? [] : BROKEN_LAYER);
    expect(await refusals(file, `import { a } from "${up}${folder}/part/a.ts";\n`)).toEqual(expected(value));
    expect(await refusals(file, `export * from "${up}${folder}/a.ts";\n`)).toEqual(expected(value));
    expect(await refusals(file, `import type { A } from "${up}${folder}/a.ts";\n`)).toEqual(expected(type));
    expect(await refusals(file, `const a = await import("${up}${folder}/a.ts");\n`)).toEqual(
      value ? [] : ["no-restricted-syntax"],
    );
  });

  it.each([
    ["components/new.ts", 'import * as aws from "@pulumi/aws";'],
    ["components/new.ts", 'import type * as k8s from "@pulumi/kubernetes";'],
    ["policies/rules/kms/new.ts", 'import { Key } from "@pulumi/aws/kms/index.js";'],
    ["policies/rules/kms/new.ts", 'import * as aws from "@pulumi/aws";'],
  ])("from packages are refused: %s with %s", async (file, text) => {
    expect(await refusals(file, `${text}\n`)).toEqual(BROKEN_LAYER);
  });

  it.each([
    ["components/new.ts", 'import { Key } from "@pulumi/aws/kms/index.js";'],
    ["policies/rules/kms/new.ts", 'import type { KeyArgs } from "@pulumi/aws/kms/index.js";'],
    ["components/cluster/new.ts", 'import { nodes } from "./config/nodes.ts";'],
    ["config/blocks/new.ts", 'import { audit } from "./audit.ts";'],
  ])("are allowed: %s with %s", async (file, text) => {
    expect(await refusals(file, `${text}\n`)).toEqual([]);
  });

  it("never run in a circle, types included", () => {
    const folder = mkdtempSync(join(tmpdir(), "preflight-circle-"));
    try {
      const { linter } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
      writeFileSync(join(folder, "biome.json"), JSON.stringify({ root: true, linter }));
      writeFileSync(join(folder, "a.ts"), 'import type { B } from "./b.ts";\n\nexport type A = B | 1;\n');
      writeFileSync(join(folder, "b.ts"), 'import type { A } from "./a.ts";\n\nexport type B = A[];\n');
      const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
      const { status, stdout, stderr } = spawnSync(process.execPath, [biome, "lint", "."], {
        cwd: folder,
        encoding: "utf8",
      });
      expect(`${stdout}${stderr}`).toContain("noImportCycles");
      expect(status).toBe(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("a component's class", () => {
  const files = globSync("components/**/*.ts", { cwd: root });
  const classes = files.flatMap((file) =>
    [
      ...readFileSync(join(root, file), "utf8").matchAll(
        /^export class (\w+)\b[^{]*extends pulumi\.ComponentResource/gm,
      ),
    ].map(([, name = ""]) => ({ file, name })),
  );

  it("has a file of its own name", () => {
    expect(classes.length).toBeGreaterThan(35);
    const kebab = (name: string) => name.replaceAll(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
    expect(classes.filter(({ file, name }) => !file.endsWith(`/${kebab(name)}.ts`))).toEqual([]);
  });

  it("stands inside the folder of its parts, never beside it", () => {
    const folders = new Set(files.map((file) => dirname(file)));
    expect(classes.filter(({ file }) => folders.has(file.replace(/\.ts$/, "")))).toEqual([]);
  });
});

describe("sizes", () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, position) => `export const line${position} = ${position};\n`).join("");
  const functionOf = (count: number) => `export function long(): void {\n${"  work();\n".repeat(count - 2)}}\n`;

  it.each([
    { file: "components/new.ts", limit: 250 },
    { file: "preview/engine/new.ts", limit: 250 },
    { file: "ops/new.ts", limit: 250 },
    { file: "cli/new.ts", limit: 250 },
    { file: "config/blocks/new.ts", limit: 250 },
    { file: "policies/rules/kms/new.ts", limit: 80 },
    { file: "standards/new.ts", limit: 150 },
    { file: "test/new.test.ts", limit: 250 },
  ])("end at $limit lines in $file", async ({ file, limit }) => {
    expect(await refusals(file, lines(limit))).toEqual([]);
    expect(await refusals(file, lines(limit + 1))).toEqual(["max-lines"]);
    expect(await refusals(file, `// Comments and blank lines are free.\n\n${lines(limit)}`)).toEqual([]);
  });

  it("end at 260 lines in index.ts, comments and blank lines included: it is read from top to bottom", async () => {
    expect(await refusals("index.ts", lines(260))).toEqual([]);
    expect(await refusals("index.ts", lines(261))).toEqual(["max-lines"]);
    expect(await refusals("index.ts", `// A comment.\n\n${lines(259)}`)).toEqual(["max-lines"]);
  });

  it("end at 60 lines in a function, except in tests", async () => {
    expect(await refusals("components/new.ts", functionOf(60))).toEqual([]);
    expect(await refusals("components/new.ts", functionOf(61))).toEqual(["max-lines-per-function"]);
    expect(await refusals("test/new.test.ts", functionOf(61))).toEqual([]);
  });
});
