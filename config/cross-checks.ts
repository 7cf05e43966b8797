import type { StackConfig } from "./parse.ts";
import type { ReportProblem } from "./problem.ts";

type CrossCheck = (config: StackConfig, report: ReportProblem) => void;

/** Rules between blocks; each names the block that must change. */
const CHECKS: readonly CrossCheck[] = [];

/** Runs every rule between blocks; paths of problems start at the block. */
export function crossChecks(config: StackConfig, report: ReportProblem): void {
  for (const check of CHECKS) check(config, report);
}
