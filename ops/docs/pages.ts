import { join } from "node:path";

import { architecturePages } from "./architecture-pages.ts";
import { formatted } from "./formatted.ts";
import { packConfigurations } from "./pack-configurations.ts";
import type { Page } from "./page.ts";
import { policiesPage } from "./policies-page.ts";
import type { RuleFile } from "./rule-files.ts";
import { ruleFiles } from "./rule-files.ts";
import { rulesList } from "./rules-list.ts";

const root = join(import.meta.dirname, "..", "..");

/** The parts of the policy pack that are generated: the list of its rules, and its configurations by strictness. */
export function packPages(rules: readonly RuleFile[], configurations = packConfigurations()): readonly Page[] {
  const pack = [
    { file: "policies/rules.ts", content: rulesList(rules) },
    ...Object.entries(configurations).map(([strictness, configuration]) => ({
      file: `policies/config/${strictness}.json`,
      content: JSON.stringify(configuration, undefined, 2),
    })),
  ];
  return pack.map(({ file, content }) => ({ file, content: formatted(file, content) }));
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
