import type { Problem, ReportProblem } from "../../problems/problem.ts";
import type { StackConfig } from "../../schema.ts";
import { clusterObjections } from "./cluster.ts";
import { judgeAurora, judgeValkey } from "./engines.ts";
import { at, reportCertain, uncertain } from "./objection.ts";
import { placeObjections } from "./places.ts";

/** Reports what the tables show to be impossible between blocks and the region; blocks refuse what is so in themselves. */
export function refuseFacts(config: StackConfig, settings: string, report: ReportProblem): void {
  reportCertain(placeObjections(config, settings), report);
}

/** What a right file names that is newer than the tables, or needs a look at the account; paths from the file's own keys. */
export function factWarnings(config: StackConfig, settings: string): readonly Problem[] {
  const inBlocks = [
    ...clusterObjections(config.cluster).map((objection) => ({ ...objection, path: ["cluster", ...objection.path] })),
    ...at(["database", "engineVersion"], judgeAurora(config.database.engineVersion)),
    ...at(["cache", "engineVersion"], judgeValkey(config.cache.engineVersion)),
  ].map((objection) => ({ ...objection, path: [settings, ...objection.path] }));
  return uncertain([...inBlocks, ...placeObjections(config, settings)]);
}
