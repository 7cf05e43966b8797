import type { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";

/**
 * Options for a component inside the cluster: its provider, and every Kubernetes object of the component depends on what
 * makes the cluster usable. A component's own `dependsOn` would not do: it delays the children's creation, but the state
 * does not know of it, and a teardown would take nodes and access away while objects still need them.
 */
export function inClusterOptions(
  kubernetes: Provider,
  ready: readonly pulumi.Resource[],
): pulumi.ComponentResourceOptions {
  return {
    provider: kubernetes,
    transformations: [
      ({ type, props, opts }) =>
        type.startsWith("kubernetes:")
          ? { props, opts: pulumi.mergeOptions(opts, { dependsOn: [...ready] }) }
          : undefined,
    ],
  };
}
