import type { RuleFile } from "./rule-files.ts";

const HEAD = `// Generated from the files in policies/rules by npm run docs; edit those, not this file.
// The imports are written out so that the pack starts without a search and can be bundled for publishing.

import type { Policies } from "@pulumi/policy";
`;

/** The module of the pack that lists its rules, sorted by service and name; not formatted. */
export function rulesList(files: readonly RuleFile[]): string {
  const sorted = files.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  return [
    HEAD,
    ...sorted.map(({ file, identifier }) => `import { ${identifier} } from "./rules/${file}";`),
    "",
    "/** Every rule of the pack, sorted by service and name. */",
    `export const rules: Policies = [${sorted.map(({ identifier }) => identifier).join(",")}];`,
    "",
  ].join("\n");
}
