import { join } from "node:path";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

// The rules under test need no types, so nothing is type-checked for them.
const eslint = new ESLint({
  cwd: root,
  ruleFilter: ({ ruleId }) =>
    ["@typescript-eslint/no-restricted-imports", "max-lines", "max-lines-per-function"].includes(ruleId),
  overrideConfig: { languageOptions: { parserOptions: { project: null } } },
});

/** Names of the rules which refuse a text that stood in that file. */
async function refusals(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(root, file) });
  if (result === undefined) throw new Error(`${file} is ignored by the configuration of ESLint`);
  return result.messages.map(({ ruleId, message }) => ruleId ?? message);
}

const BROKEN_LAYER = ["@typescript-eslint/no-restricted-imports"];

describe("imports between the layers", () => {
  it.each([
    ["standards/new.ts", 'import { parseStack } from "../config/parse.ts";'],
    ["standards/new.ts", 'import type { Environment } from "../config/blocks/environment.ts";'],
    ["standards/new.ts", 'export * from "../policies/rules.ts";'],
    ["config/new.ts", 'import { Keys } from "../components/keys/keys.ts";'],
    ["config/new.ts", 'import type { KeysArgs } from "../components/keys/keys.ts";'],
    ["config/new.ts", 'import { rules } from "../policies/rules.ts";'],
    ["components/new.ts", 'import { loadConfig } from "../config/load.ts";'],
    ["components/cluster/new.ts", 'import { loadConfig } from "../../config/load.ts";'],
    ["components/new.ts", 'import { rules } from "../policies/rules.ts";'],
    ["components/new.ts", 'import { answerCreate } from "../preview/cloud/stand-in.ts";'],
    ["components/new.ts", 'import * as aws from "@pulumi/aws";'],
    ["components/new.ts", 'import type * as k8s from "@pulumi/kubernetes";'],
    ["policies/rules/kms/new.ts", 'import { Keys } from "../../../components/keys.ts";'],
    ["policies/rules/kms/new.ts", 'import type { KeysSettings } from "../../../config/keys.ts";'],
    ["policies/lib/new.ts", 'import { pages } from "../../ops/docs/pages.ts";'],
    ["policies/rules/kms/new.ts", 'import { Key } from "@pulumi/aws/kms/index.js";'],
    ["policies/rules/kms/new.ts", 'import * as aws from "@pulumi/aws";'],
  ])("are refused: %s with %s", async (file, text) => {
    expect(await refusals(file, `${text}\n`)).toEqual(BROKEN_LAYER);
  });

  it.each([
    ["config/new.ts", 'import { ENCRYPTION } from "../standards/encryption.ts";'],
    ["components/new.ts", 'import type { Environment } from "../config/blocks/environment.ts";'],
    ["components/cluster/new.ts", 'import type { Environment } from "../../config/environment.ts";'],
    ["components/new.ts", 'import { ENCRYPTION } from "../standards/encryption.ts";'],
    ["components/new.ts", 'import { Key } from "@pulumi/aws/kms/index.js";'],
    ["policies/rules/kms/new.ts", 'import { ENCRYPTION } from "../../../standards/encryption.ts";'],
    ["policies/rules/kms/new.ts", 'import type { KeyArgs } from "@pulumi/aws/kms/index.js";'],
    ["components/cluster/new.ts", 'import { nodes } from "./config/nodes.ts";'],
    ["index.ts", 'import { loadConfig } from "./config/load.ts";'],
    ["index.ts", 'import { Keys } from "./components/keys.ts";'],
  ])("are allowed: %s with %s", async (file, text) => {
    expect(await refusals(file, `${text}\n`)).toEqual([]);
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
