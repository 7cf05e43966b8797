import { join } from "node:path";

import type { Resource } from "../../preview/engine/model.ts";
import { loadProject } from "../../preview/project.ts";
import { isFailed, previewEnvironment } from "../../preview/run.ts";
import type { StackName } from "./stack-files.ts";

const root = join(import.meta.dirname, "..", "..");

/** Everything that a committed stack registers, with the options of each resource, as the preview sees it. */
export async function wholeStack(environment: StackName): Promise<readonly Resource[]> {
  const outcome = await previewEnvironment(environment, {
    project: loadProject(root),
    pack: join(root, "policies"),
    unknowns: false,
    timeoutSeconds: 300,
    onProgress: () => undefined,
  });
  if (isFailed(outcome)) throw new Error(outcome.problem);
  return outcome.resources;
}

/** A resource and everything that it waits for, directly or through others: what it names, and its parent's choice of order. */
export function waitsFor(resource: Resource, all: ReadonlyMap<string, Resource>): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (urn: string): void => {
    for (const next of all.get(urn)?.dependencies ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      visit(next);
    }
  };
  visit(resource.urn);
  return seen;
}
