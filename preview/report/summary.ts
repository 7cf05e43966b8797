import type { Verdict } from "../analyzer/verdict.ts";
import type { Resource } from "../engine/model.ts";
import { STACK_TYPE } from "../engine/urn.ts";
import type { Preview } from "../run.ts";

/** The verdicts in the order of a report. */
export interface Sections {
  /** What stops a deployment. */
  readonly violations: readonly Verdict[];
  /** What stops it because nobody can tell. */
  readonly undetermined: readonly Verdict[];
  /** What stops nothing: violations of advisory rules, and what these could not decide. */
  readonly advisory: readonly Verdict[];
}

export function sectionsOf(verdicts: readonly Verdict[]): Sections {
  const mandatory = verdicts.filter((verdict) => verdict.mandatory);
  return {
    violations: mandatory.filter(({ kind }) => kind === "violation"),
    undetermined: mandatory.filter(({ kind }) => kind === "undetermined"),
    advisory: verdicts.filter((verdict) => !verdict.mandatory),
  };
}

export interface Summary {
  /** Cloud resources: neither components nor providers nor the stack itself, nor what is only looked up. */
  readonly resources: number;
  readonly components: number;
  /** Rules that are not switched off. */
  readonly rules: number;
  readonly violations: number;
  readonly undetermined: number;
  readonly advisory: number;
}

export const isProvider = ({ type }: Pick<Resource, "type">): boolean => type.startsWith("pulumi:providers:");

/** Whether it counts as a resource of the environment. */
export const isCounted = (resource: Resource): boolean => resource.custom && !resource.read && !isProvider(resource);

export const isComponent = ({ custom, type }: Resource): boolean => !custom && type !== STACK_TYPE;

export function summaryOf({ resources, rules, verdicts }: Pick<Preview, "resources" | "rules" | "verdicts">): Summary {
  const { violations, undetermined, advisory } = sectionsOf(verdicts);
  return {
    resources: resources.filter(isCounted).length,
    components: resources.filter(isComponent).length,
    rules: rules.filter(({ level }) => level !== "disabled").length,
    violations: violations.length,
    undetermined: undetermined.length,
    advisory: advisory.length,
  };
}

/** "1 violation", "2 violations" */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** `production: 312 resources, 98 rules: 0 violations, 0 undetermined, 3 advisory` */
export function summaryLine(environment: string, summary: Summary): string {
  const { resources, rules, violations, undetermined, advisory } = summary;
  return (
    `${environment}: ${count(resources, "resource")}, ${count(rules, "rule")}: ` +
    `${count(violations, "violation")}, ${undetermined} undetermined, ${advisory} advisory`
  );
}

/** What a run ends with: 2 when an environment could not be previewed, 1 when something mandatory is not satisfied. */
export function blocks({ violations, undetermined }: Pick<Summary, "violations" | "undetermined">): boolean {
  return violations + undetermined > 0;
}
