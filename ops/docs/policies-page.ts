import type { EnforcementLevel, PolicyConfigSchema } from "@pulumi/policy";

import { code, prose, row } from "../../core/markdown.ts";
import type { RuleFile } from "./rule-files.ts";

type Rule = RuleFile["rule"];

/** A rule and the service it judges. */
export type PlacedRule = Pick<RuleFile, "service" | "rule">;

const HEAD = `# Policy rules

Generated from the rules by \`npm run docs\`; edit the rules, not this file. How the pack is used and configured: [policies/README.md](../policies/README.md).

*Level* is the rule's own, which a configuration may change: mandatory rules block, advisory ones report. *Judges* says whether the
rule decides by one resource, before it is made, or by the whole stack, when everything else is done. *Items* are checklist ids.
`;

const levelOf = ({ enforcementLevel }: Rule): EnforcementLevel => enforcementLevel ?? "advisory";

function settingLine(name: string, schema: PolicyConfigSchema["properties"][string]): string {
  const standard = schema.default === undefined ? "" : ` Default: ${code(JSON.stringify(schema.default))}.`;
  return `- ${code(name)}: ${prose(schema.description ?? "no description")}${standard}`;
}

function settings({ name, configSchema }: Rule): readonly string[] {
  if (configSchema === undefined) return [];
  return [
    `Settings of \`${name}\`:`,
    "",
    ...Object.entries(configSchema.properties).map(([key, schema]) => settingLine(key, schema)),
    "",
  ];
}

function rowOf(rule: Rule): string {
  const name = rule.url === undefined ? code(rule.name) : `[${code(rule.name)}](${rule.url})`;
  const judges = "validateStack" in rule ? "stack" : "resource";
  return row([
    name,
    rule.severity ?? "unspecified",
    levelOf(rule),
    judges,
    prose(rule.description),
    prose(rule.remediationSteps ?? ""),
    prose((rule.tags ?? []).join(", ")),
  ]);
}

function section(service: string, rules: readonly Rule[]): readonly string[] {
  return [
    `## ${service}`,
    "",
    "| Rule | Severity | Level | Judges | What must hold | How to mend it | Items |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rules.map(rowOf),
    "",
    ...rules.flatMap(settings),
  ];
}

/** The page that lists every rule, by service and name. */
export function policiesPage(placed: readonly PlacedRule[]): string {
  const services = [...new Set(placed.map(({ service }) => service))].toSorted();
  const counts = `Rules: ${placed.length}, ${placed.filter(({ rule }) => levelOf(rule) === "mandatory").length} of them mandatory.`;
  const sections = services.flatMap((service) =>
    section(
      service,
      placed
        .filter((entry) => entry.service === service)
        .map(({ rule }) => rule)
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    ),
  );
  return `${[HEAD, counts, "", ...sections].join("\n").trimEnd()}\n`;
}
