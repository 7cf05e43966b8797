import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";

import { packPages } from "../../../ops/docs/pages.ts";
import { ruleFiles } from "../../../ops/docs/rule-files.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const policies = join(root, "policies");

/** Copies of the pack with what it imports. */
const copies: string[] = [];

/** The folder of rules in a copy: the pack's own and further files, or these files alone. */
function rulesWith(files: Readonly<Record<string, string>>, { alone }: { readonly alone: boolean }): string {
  const copy = mkdtempSync(join(tmpdir(), "preflight-rules-"));
  copies.push(copy);
  for (const folder of alone ? [] : ["core", "policies", "standards"])
    cpSync(join(root, folder), join(copy, folder), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const rules = join(copy, "policies", "rules");
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(rules, file)), { recursive: true });
    writeFileSync(join(rules, file), text);
  }
  return rules;
}

afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true, force: true });
});

const rule = (identifier: string, name: string) =>
  `export const ${identifier} = { name: "${name}", description: "d", validateResource() {} };\n`;

const contentOf = (file: string, pages: ReturnType<typeof packPages>) =>
  pages.find((page) => page.file === file)?.content;

describe("the generated list of rules", () => {
  it("is stale as soon as there is a rule's file more, and has it in its place then", async () => {
    const committed = readFileSync(join(policies, "rules.ts"), "utf8");
    const more = rulesWith({ "kms/kms-new-rule.ts": rule("kmsNewRule", "kms-new-rule") }, { alone: false });
    const content = contentOf("policies/rules.ts", packPages(await ruleFiles(more))) ?? "";
    expect(content.split("\n").filter((line) => !committed.split("\n").includes(line))).toEqual([
      'import { kmsNewRule } from "./rules/kms/kms-new-rule.ts";',
      "  kmsNewRule,",
    ]);
    expect(content).toContain("  kmsDeletionWindow,\n  kmsNewRule,\n  kmsPolicyNoWildcard,\n");
  });

  it.each([
    {
      title: "no rule",
      text: "export const limit = 5;\n",
      found: "exports no rule",
    },
    {
      title: "a rule of another name",
      text: rule("other", "s3-other"),
      found: 'exports "s3-other"',
    },
    {
      title: "two rules",
      text: rule("one", "s3-one") + rule("two", "s3-two"),
      found: 'exports "s3-one", "s3-two"',
    },
  ])("refuses a file with $title, and says what belongs there", async ({ text, found }) => {
    const folder = rulesWith({ "s3/s3-one.ts": text }, { alone: true });
    await expect(ruleFiles(folder)).rejects.toThrow(found);
    await expect(ruleFiles(folder)).rejects.toThrow(/^rules\/s3\/s3-one\.ts exports .* with the file's name: "s3-one"/);
  });
});
