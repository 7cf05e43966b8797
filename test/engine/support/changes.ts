import { writeFileSync } from "node:fs";

import type { Changes, ClusterObject } from "../../../preview/cloud/kubernetes/controllers.ts";

/** Variable that leads the fake providers to a file with what others made of resources: outputs by URN, for the next read. */
export const CHANGES_VARIABLE = "PREFLIGHT_FAKE_PROVIDER_CHANGES";

interface State {
  readonly deployment: {
    readonly resources?: readonly {
      readonly urn: string;
      readonly type: string;
      readonly outputs?: Record<string, unknown>;
    }[];
  };
}

/** The objects of the cluster in an exported state. */
export function clusterObjects(exported: string): ClusterObject[] {
  const state: State = JSON.parse(exported);
  return (state.deployment.resources ?? []).flatMap(({ type, urn, outputs }) =>
    type.startsWith("kubernetes:") && outputs !== undefined ? [{ type, urn, outputs }] : [],
  );
}

export function writeChanges(file: string, changes: Changes): void {
  writeFileSync(file, JSON.stringify(Object.fromEntries(changes)));
}
