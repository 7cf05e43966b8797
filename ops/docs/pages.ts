import { join } from "node:path";

import { architecturePages } from "./architecture-pages.ts";
import { formatted } from "./formatted.ts";
import type { Page } from "./page.ts";
import { policiesPage } from "./policies-page.ts";
import type { RuleFile } from "./rule-files.ts";
import { ruleFiles } from "./rule-files.ts";
import { rulesList } from "./rules-list.ts";

const root = join(import.meta.dirname, "..", "..");

/** The part of the policy pack that is generated: the list of its rules. */
export function packPages(rules: readonly RuleFile[]): readonly Page[] {
  const file = "policies/rules.ts";
  return [{ file, content: formatted(file, rulesList(rules)) }];
}

/** Every generated document as it should be. Takes as long as the program, which is run for the architecture. */
export async function pages(): Promise<readonly Page[]> {
  const rules = await ruleFiles(join(root, "policies", "rules"));
  return [
    ...packPages(rules),
    { file: "docs/policies.md", content: policiesPage(rules) },
    ...(await architecturePages(root)),
  ];
}
