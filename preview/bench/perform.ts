import { join } from "node:path";

import { chooseEnvironments } from "../../cli/environments.ts";
import { UserError } from "../../cli/errors.ts";
import { loadProject } from "../project.ts";
import { isFailed, previewEnvironment } from "../run.ts";
import { readStackFile } from "../stack-file.ts";
import type { JudgingMeasurement } from "./judging.ts";
import { measureJudging, measurePackStart, singleRulePack, syntheticStack } from "./judging.ts";
import { measurePreviews } from "./previews.ts";
import { machine, tables } from "./table.ts";

/** The environment whose resources the synthetic stacks repeat: the last by name, or the one called production. */
function sampleEnvironment(names: readonly string[]): string {
  return names.find((name) => name === "production") ?? names.at(-1) ?? "";
}

/** Measures everything; answers the figures as tables or JSON. */
export async function measure(
  root: string,
  { runs, sizes, json }: { readonly runs: number; readonly sizes: readonly number[]; readonly json: boolean },
): Promise<string> {
  const project = loadProject(root);
  const ours = join(root, "policies");
  const environment = sampleEnvironment(chooseEnvironments(root, []));
  const sample = await previewEnvironment(environment, {
    project,
    pack: ours,
    unknowns: false,
    timeoutSeconds: 600,
    onProgress: () => undefined,
  });
  if (isFailed(sample)) throw new UserError(sample.code, sample.problem);
  const context = {
    project: project.name,
    environment,
    configuration: readStackFile(project, environment),
    unknowns: false,
    root,
  };
  const previews = await measurePreviews(root, runs);
  const packStart = await measurePackStart(ours, context, runs);
  const judging: JudgingMeasurement[] = [];
  for (const size of sizes) {
    const resources = syntheticStack(sample.resources, size);
    judging.push(await measureJudging(`${sample.rules.length} rules`, ours, context, resources, runs));
    judging.push(await measureJudging("a single rule", singleRulePack(root), context, resources, runs));
  }
  const results = { previews, packStart, judging };
  return json ? `${JSON.stringify({ machine: machine(), ...results }, undefined, 2)}\n` : tables(results);
}
