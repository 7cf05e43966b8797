import type { Paint } from "../../cli/output.ts";
import { wrap } from "../../cli/output.ts";
import type { Verdict } from "../analyzer/verdict.ts";
import type { Resource } from "../engine/model.ts";
import { nameOf, typeOf } from "../engine/urn.ts";
import { masked } from "../engine/wire.ts";
import type { Outcome, Preview } from "../run.ts";
import { isFailed } from "../run.ts";
import { nextStepsOf } from "./next-steps.ts";
import { blocks, count, sectionsOf, summaryLine, summaryOf } from "./summary.ts";
import type { Branch } from "./tree.ts";
import { describeOwn, shortType, treeOf } from "./tree.ts";

export interface TextOptions {
  readonly paint: Paint;
  /** Columns to fill. */
  readonly width: number;
  /** Show every resource with its inputs. */
  readonly resources: boolean;
}

function branchLines(branch: Branch, indent: string, { paint, width }: TextOptions): string[] {
  return [
    ...wrap(
      describeOwn(branch.own)
        .join("; ")
        .split(/(?<=[,;]) /),
      " ",
      indent,
      width,
    ).map((line) => paint("faint", line)),
    ...branch.components.flatMap((component) => {
      const label = `${indent}${component.name}  `;
      const number = String(component.total);
      const gap = Math.max(2, width - label.length - component.type.length - number.length);
      return [
        `${indent}${paint("title", component.name)}  ${component.type}${" ".repeat(gap)}${number}`,
        ...branchLines(component, `${indent}  `, { paint, width, resources: false }),
      ];
    }),
  ];
}

/** `database-main (rds Cluster)` */
function subject(urn: string | undefined): string {
  return urn === undefined ? "the stack" : `${nameOf(urn)} (${shortType(typeOf(urn))})`;
}

const MARKS = { bad: "✗", unsure: "?", note: "!" } as const;

function describe(verdict: Verdict, paint: Paint): string[] {
  if (verdict.kind === "undetermined")
    return [`    ${subject(verdict.urn)}: ${verdict.property} is not known before the deployment`];
  if (verdict.property === "")
    return [`    ${subject(verdict.urn)}`, ...verdict.message.split("\n").map((line) => `      ${line}`)];
  return [
    `    ${subject(verdict.urn)}: ${verdict.property}`,
    `      found    ${verdict.found}`,
    `      required ${verdict.required}`,
    `      ${paint("good", "fix")}      ${verdict.fix}`,
  ];
}

/** Verdicts under a heading, those of one rule together. */
function sectionLines(title: string, tone: keyof typeof MARKS, verdicts: readonly Verdict[], paint: Paint): string[] {
  if (verdicts.length === 0) return [];
  const lines = [paint(tone, `${title} (${verdicts.length})`)];
  for (const [rule, found] of Map.groupBy(verdicts, ({ rule: name }) => name)) {
    const [first] = found;
    const checklist = first?.checklist ?? "";
    const details = [first?.severity === "unspecified" ? "" : (first?.severity ?? ""), checklist].filter(
      (part) => part !== "",
    );
    const heading = [
      `  ${paint(tone, MARKS[tone])} ${paint("title", rule)}`,
      ...(details.length === 0 ? [] : [paint("faint", details.join(", "))]),
    ].join("  ");
    lines.push(heading, ...found.flatMap((verdict) => describe(verdict, paint)));
  }
  return [...lines, ""];
}

function resourceLines(resources: readonly Resource[], paint: Paint): string[] {
  const lines = [paint("title", `Resources (${resources.length})`)];
  for (const { urn, type, name, inputs } of resources) {
    const text = JSON.stringify(masked(inputs), undefined, 2);
    lines.push(
      `  ${paint("title", name)}  ${type}`,
      paint("faint", `  ${urn}`),
      ...(text === "{}" ? [] : text.split("\n").map((line) => `    ${line}`)),
    );
  }
  return [...lines, ""];
}

function noteLines({ log, remediations, printed }: Preview, paint: Paint): string[] {
  const said = log.map(
    ({ severity, message, urn }) => `${severity}: ${urn === undefined ? "" : `${nameOf(urn)}: `}${message}`,
  );
  // The engine's own resources are questions and answers between program and pack; the JSON report has them.
  const changed = remediations
    .filter(({ urn }) => !typeOf(urn).startsWith("pulumi:"))
    .map(({ rule, urn }) => `${rule} changed ${subject(urn)} before it was judged`);
  const output = printed.trim() === "" ? [] : [`The program printed:\n${printed.trim()}`];
  const lines = [...changed, ...said, ...output].flatMap((note) =>
    note.split("\n").map((line, position) => (position === 0 ? `  ${line}` : `    ${line}`)),
  );
  return lines.length === 0 ? [] : [paint("note", "Notes"), ...lines, ""];
}

/** What people do after this run; a line each, so that a command can be copied. */
function stepLines({ resources }: Preview, paint: Paint): string[] {
  const steps = nextStepsOf(resources).map((step, position) => `  ${position + 1}. ${step}`);
  return steps.length === 0 ? [] : [paint("title", "Next steps"), ...steps, ""];
}

function previewLines(preview: Preview, options: TextOptions): string[] {
  const { paint, width } = options;
  const summary = summaryOf(preview);
  const { violations, undetermined, advisory } = sectionsOf(preview.verdicts);
  const title = `${preview.environment}: ${count(summary.resources, "resource")} in ${count(summary.components, "component")}`;
  return [
    paint("title", title),
    paint("faint", "─".repeat(width)),
    ...branchLines(treeOf(preview.resources), "  ", options),
    "",
    ...(options.resources ? resourceLines(preview.resources, paint) : []),
    ...sectionLines("Violations", "bad", violations, paint),
    ...sectionLines("Undetermined", "unsure", undetermined, paint),
    ...sectionLines("Advisory", "note", advisory, paint),
    ...noteLines(preview, paint),
    ...stepLines(preview, paint),
  ];
}

/** One line an environment; they end the report, where a reader looks first. */
function lastLine(outcome: Outcome, paint: Paint): string {
  if (isFailed(outcome)) return paint("bad", `${outcome.environment}: no preview, see above`);
  const summary = summaryOf(outcome);
  return paint(blocks(summary) ? "bad" : "good", summaryLine(outcome.environment, summary));
}

/** The report for people at a terminal. */
export function textReport(outcomes: readonly Outcome[], options: TextOptions): string {
  const parts = outcomes.flatMap((outcome) =>
    isFailed(outcome)
      ? [
          options.paint("bad", `${outcome.environment}: no preview`),
          ...outcome.problem.split("\n").map((line) => `  ${line}`.trimEnd()),
          "",
        ]
      : previewLines(outcome, options),
  );
  return `${[...parts, ...outcomes.map((outcome) => lastLine(outcome, options.paint))].join("\n")}\n`;
}
