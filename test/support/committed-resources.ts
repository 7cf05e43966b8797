import { join } from "node:path";

import { isRecord } from "../../core/records.ts";
import type { Judge } from "../../preview/engine/deployment.ts";
import type { Resource } from "../../preview/engine/model.ts";
import { runProgram } from "../../preview/engine/program.ts";
import { loadProject, readYamlMap } from "../../preview/project.ts";
import { configurationOf } from "../../preview/stack-file.ts";

/** A stack file's settings, as its YAML says them. */
export type Settings = Readonly<Record<string, unknown>>;

/** Nothing is judged, but the program is told that a pack is there: without one, production registers nothing. */
const judge: Judge = {
  remediate: ({ type, inputs }) => {
    const question = type === "pulumi:index:Stash" ? inputs["input"] : undefined;
    const answer = typeof question === "string" ? question.replace(/^absent:/, "present:") : undefined;
    return Promise.resolve(answer === undefined ? undefined : { ...inputs, input: answer });
  },
  analyze: () => undefined,
};

/**
 * Everything that the program registers for a committed stack file, with the references that the engine sees; for a changed
 * one, when `change` answers other settings. Throws a PreviewProblem with the program's words when the file is refused.
 */
export async function committedResources(
  environment: string,
  change: (settings: Settings) => Settings = (settings) => settings,
): Promise<readonly Resource[]> {
  const project = loadProject(join(import.meta.dirname, "..", ".."));
  const file = `Pulumi.${environment}.yaml`;
  const content = readYamlMap(project.root, file);
  const config = isRecord(content["config"]) ? content["config"] : {};
  const settings = config["preflight:settings"];
  const changed = { ...config, "preflight:settings": change(isRecord(settings) ? settings : {}) };
  const { resources } = await runProgram({
    project,
    environment,
    configuration: configurationOf({ ...content, config: changed }, file, project.name),
    unknowns: false,
    timeoutSeconds: 120,
    judge,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  return resources;
}

/** URNs of everything that exists before a resource does: what it depends on, and the parents of it all. */
export function before(resources: readonly Resource[], urn: string): ReadonlySet<string> {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const seen = new Set<string>();
  const visit = (current: string): void => {
    const resource = byUrn.get(current);
    if (resource === undefined) return;
    for (const next of [...resource.dependencies, ...Object.values(resource.propertyDependencies).flat()]) {
      if (seen.has(next)) continue;
      seen.add(next);
      visit(next);
    }
  };
  visit(urn);
  return seen;
}
