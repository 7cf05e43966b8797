import { masked } from "../engine/wire.ts";
import type { Outcome, Preview } from "../run.ts";
import { isFailed } from "../run.ts";
import { nextStepsOf } from "./next-steps.ts";
import { summaryOf } from "./summary.ts";

function previewJson(preview: Preview, withInputs: boolean): object {
  const { environment, resources, rules, verdicts, remediations, log } = preview;
  return {
    environment,
    summary: summaryOf(preview),
    verdicts,
    remediations,
    log,
    nextSteps: nextStepsOf(resources),
    rules: rules.map(({ name, level, severity, checklist, description, url }) => ({
      name,
      level,
      severity,
      checklist,
      description,
      url,
    })),
    resources: resources.map(({ urn, type, name, custom, parent, protect, inputs }) => ({
      urn,
      type,
      name,
      custom,
      parent,
      protect: protect ?? false,
      ...(withInputs ? { inputs: masked(inputs) } : {}),
    })),
  };
}

/** The report for programs. */
export function jsonReport(outcomes: readonly Outcome[], options: { readonly resources: boolean }): string {
  const environments = outcomes.map((outcome) =>
    isFailed(outcome) ? outcome : previewJson(outcome, options.resources),
  );
  return `${JSON.stringify({ environments }, undefined, 2)}\n`;
}
