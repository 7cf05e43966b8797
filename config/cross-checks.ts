import type { StackConfig } from "./parse.ts";
import type { ReportProblem } from "./problem.ts";

type CrossCheck = (config: StackConfig, report: ReportProblem) => void;

/** A copy that shares its region's fate is none. */
const backupsLeaveTheRegion: CrossCheck = ({ environment, backup }, report) => {
  if (backup.copyRegion !== environment.region) return;
  report({
    path: ["backup", "copyRegion"],
    found: `"${backup.copyRegion}", the region of the stack itself`,
    allowed: "another region than aws:region",
    fix: "Name a second region of the same jurisdiction, for instance eu-central-1 beside eu-west-1.",
  });
};

/** Rules between blocks; each names the block that must change. */
const CHECKS: readonly CrossCheck[] = [
  backupsLeaveTheRegion,
];

/** Runs every rule between blocks; paths of problems start at the block. */
export function crossChecks(config: StackConfig, report: ReportProblem): void {
  for (const check of CHECKS) check(config, report);
}
