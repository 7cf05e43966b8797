import { join } from "node:path";

import type { Resource } from "../../preview/engine/model.ts";
import { runProgram } from "../../preview/engine/program.ts";
import { loadProject } from "../../preview/project.ts";
import { readStackFile } from "../../preview/stack-file.ts";

/** Everything that the program registers for a committed stack file, with the references that the engine sees. */
export async function committedResources(environment: string): Promise<readonly Resource[]> {
  const project = loadProject(join(import.meta.dirname, "..", ".."));
  const { resources } = await runProgram({
    project,
    environment,
    configuration: readStackFile(project, environment),
    unknowns: false,
    timeoutSeconds: 120,
    judge: { remediate: () => Promise.resolve(undefined), analyze: () => undefined },
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
