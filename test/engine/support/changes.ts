import type { Changes, ClusterObject } from "../../../preview/cloud/kubernetes/controllers.ts";
import type { Account } from "./account.ts";

interface State {
  readonly deployment: { readonly resources?: readonly { readonly urn: string; readonly type: string }[] };
}

/** Lets controllers, or people, change the objects of a cluster behind the back of an exported state. */
export function changeCluster(
  account: Account,
  exported: string,
  happen: (objects: readonly ClusterObject[]) => Changes,
): void {
  const state: State = JSON.parse(exported);
  const objects = (state.deployment.resources ?? []).flatMap(({ type, urn }) => {
    const thing = account.find(urn);
    return type.startsWith("kubernetes:") && thing !== undefined ? [{ ...thing, type }] : [];
  });
  for (const [urn, outputs] of happen(objects)) {
    const thing = account.find(urn);
    if (thing !== undefined) account.change({ ...thing, outputs });
  }
}
