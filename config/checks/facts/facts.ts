import type { Problem, ReportProblem } from "../../problems/problem.ts";
import type { StackConfig } from "../../schema.ts";
import { clusterObjections } from "./cluster.ts";
import { judgeAurora, judgeValkey } from "./engines.ts";
import type { Objection } from "./objection.ts";
import { at, reportCertain, uncertain } from "./objection.ts";
import { placeObjections } from "./places.ts";
import { priceObjections } from "./prices.ts";

/** What is asked of the file as a whole; paths from the file's own keys. */
const ofTheWhole = (config: StackConfig, settings: string): readonly Objection[] => [
  ...placeObjections(config, settings),
  ...priceObjections(config).map((objection) => ({ ...objection, path: [settings, ...objection.path] })),
];

/** Reports what the tables show to be impossible between blocks and the region; blocks refuse what is so in themselves. */
export function refuseFacts(config: StackConfig, settings: string, report: ReportProblem): void {
  reportCertain(ofTheWhole(config, settings), report);
}

/** What a right file names that is newer than the tables, or needs a look at the account; paths from the file's own keys. */
export function factWarnings(config: StackConfig, settings: string): readonly Problem[] {
  const inBlocks = [
    ...clusterObjections(config.cluster).map((objection) => ({ ...objection, path: ["cluster", ...objection.path] })),
    ...at(["database", "engineVersion"], judgeAurora(config.database.engineVersion)),
    ...at(["cache", "engineVersion"], judgeValkey(config.cache.engineVersion)),
  ].map((objection) => ({ ...objection, path: [settings, ...objection.path] }));
  return uncertain([...inBlocks, ...ofTheWhole(config, settings)]);
}
