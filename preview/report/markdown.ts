import { code, fence, prose, row } from "../../core/markdown.ts";
import type { Verdict } from "../analyzer/verdict.ts";
import { nameOf, typeOf } from "../engine/urn.ts";
import { masked } from "../engine/wire.ts";
import type { Outcome, Preview } from "../run.ts";
import { isFailed } from "../run.ts";
import { nextStepsOf } from "./next-steps.ts";
import { blocks, sectionsOf, summaryLine, summaryOf } from "./summary.ts";
import type { Branch } from "./tree.ts";
import { describeOwn, shortType, treeOf } from "./tree.ts";

const subject = (urn: string | undefined) =>
  urn === undefined ? "the stack" : `${code(nameOf(urn))} (${prose(shortType(typeOf(urn)))})`;

function verdictTable(title: string, verdicts: readonly Verdict[]): string[] {
  if (verdicts.length === 0) return [];
  const rows = verdicts.map((verdict) => {
    const what =
      verdict.kind === "undetermined"
        ? "not known before the deployment"
        : verdict.property === ""
          ? verdict.message
          : verdict.found;
    return row([
      code(verdict.rule),
      verdict.severity,
      subject(verdict.urn),
      code(verdict.property),
      prose(what),
      prose(verdict.required),
      prose(verdict.fix),
      prose(verdict.checklist),
    ]);
  });
  return [
    `### ${title} (${verdicts.length})`,
    "",
    "| rule | severity | resource | property | found | required | fix | checklist |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ];
}

function branchItems(branch: Branch, indent: string): string[] {
  return branch.components.flatMap((component) => {
    const own = prose(describeOwn(component.own).join("; "));
    return [
      `${indent}- **${prose(component.name)}** ${prose(component.type)}, ${component.total}${own === "" ? "" : `: ${own}`}`,
      ...branchItems(component, `${indent}  `),
    ];
  });
}

function details(summary: string, lines: readonly string[]): string[] {
  return ["<details>", `<summary>${summary}</summary>`, "", ...lines, "", "</details>", ""];
}

function previewLines(preview: Preview, withInputs: boolean): string[] {
  const summary = summaryOf(preview);
  const { violations, undetermined, advisory } = sectionsOf(preview.verdicts);
  const tree = treeOf(preview.resources);
  const own = prose(describeOwn(tree.own).join("; "));
  const inputs = preview.resources.flatMap(({ urn, inputs: given }) => [
    code(urn),
    "",
    ...fence(JSON.stringify(masked(given), undefined, 2), "json"),
    "",
  ]);
  const steps = nextStepsOf(preview.resources).map((step) => `1. ${prose(step)}`);
  return [
    `## ${prose(preview.environment)}`,
    "",
    `${blocks(summary) ? "❌" : "✅"} ${prose(summaryLine(preview.environment, summary))}`,
    "",
    ...verdictTable("Violations", violations),
    ...verdictTable("Undetermined", undetermined),
    ...verdictTable("Advisory", advisory),
    ...preview.log.map(({ severity, message }) => `> ${severity}: ${prose(message).replaceAll(/\s*\n\s*/g, " ")}\n`),
    ...(steps.length === 0 ? [] : ["### Next steps", "", ...steps, ""]),
    ...details(`${summary.resources} resources in ${summary.components} components`, [
      ...(own === "" ? [] : [`- ${own}`]),
      ...branchItems(tree, ""),
    ]),
    ...(withInputs ? details("Inputs", inputs) : []),
  ];
}

/** The report for a pull request. */
export function markdownReport(outcomes: readonly Outcome[], options: { readonly resources: boolean }): string {
  const parts = outcomes.map((outcome) =>
    isFailed(outcome)
      ? [`## ${prose(outcome.environment)}`, "", "❌ no preview", "", ...fence(outcome.problem, "text")]
      : previewLines(outcome, options.resources),
  );
  return `${parts.map((lines) => lines.join("\n").trimEnd()).join("\n\n")}\n`;
}
