import { defineCommand } from "../../cli/command.ts";
import { count, counts, flag, otherwise } from "../../cli/options.ts";

export const bench = defineCommand({
  name: "bench",
  group: "See what would be",
  summary: "Measures the preview and the policy pack",
  details: [
    "All environments cold and warm, the pack's start, and what a judged resource costs at several sizes of a stack, for our pack and for one with a single rule.",
    "Close everything else first: the figures are wall time.",
  ],
  script: "bench",
  options: {
    runs: otherwise(count("N", "how often each is measured"), 5),
    sizes: otherwise(counts("N,N", "sizes of the synthetic stacks"), [100, 1000, 10000]),
    json: flag("print the figures as JSON instead of tables; problems are JSON too"),
  },
  positionals: {},
  examples: [
    { command: "npm run bench -- --runs 3", says: "the figures of docs/performance.md" },
    { command: "npm run bench -- --runs 1 --sizes 100", says: "a first look" },
  ],
  exits: { 0: "it was measured", 2: "an option is wrong, or there is nothing to measure" },
  run: async ({ runs, sizes, json }, { home, output, progress }) => {
    const { measure } = await import("./perform.ts");
    const stopProgress = progress(() => "measuring");
    let figures: string;
    try {
      figures = await measure(home, { runs, sizes, json });
    } finally {
      stopProgress();
    }
    output.write(figures);
    return 0;
  },
});
