import type { Problem, ReportProblem } from "../../problems/problem.ts";

/** What a table of facts has against a value. */
export interface Objection extends Problem {
  /** The value contradicts the table. Otherwise it is newer than the table and may exist: a warning, never a refusal. */
  readonly certain: boolean;
}

/** What a table has against a value whose place the caller knows. */
export type Judgement = Omit<Objection, "path"> | undefined;

/** How many releases a table may miss; a value that is further ahead is a typing error, or the table is years old. */
export const MOST_STEPS_AHEAD = 10;

/** A judgement with its place; [] where there is nothing to object. */
export function at(path: readonly (string | number)[], judgement: Judgement): readonly Objection[] {
  return judgement === undefined ? [] : [{ ...judgement, path }];
}

/** Reports what cannot exist. */
export function reportCertain(objections: readonly Objection[], report: ReportProblem): void {
  for (const { certain, ...problem } of objections) if (certain) report(problem);
}

/** What may exist, but is newer than the tables. */
export function uncertain(objections: readonly Objection[]): readonly Problem[] {
  return objections.flatMap(({ certain, ...problem }) => (certain ? [] : [problem]));
}
