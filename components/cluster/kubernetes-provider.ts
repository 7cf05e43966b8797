import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";

export interface KubernetesProviderArgs {
  /** Name of the cluster; the identity of everything in it. */
  readonly clusterName: pulumi.Input<string>;
  /** Address of the API server. */
  readonly endpoint: pulumi.Input<string>;
  /** Certificate authority of the API server, base64. */
  readonly certificateAuthority: pulumi.Input<string>;
  readonly region: string;
}

/**
 * Reaches the cluster as whoever runs Pulumi: the AWS CLI makes a token for each call, so that no credential enters the
 * state. Objects are applied on the server's side.
 */
export function createKubernetesProvider(
  name: string,
  args: KubernetesProviderArgs,
  opts: pulumi.CustomResourceOptions,
): Provider {
  return new Provider(
    name,
    {
      kubeconfig: kubeconfig(args),
      // Only this decides whether it is the same cluster. Without it, an unknown or changed kubeconfig (a preview of an
      // upgrade, say) would plan the replacement of every object.
      clusterIdentifier: args.clusterName,
      enableServerSideApply: true,
      // deleteUnreachable stays unset, which means off: one refresh without a network must not empty the state. Only
      // the teardown command turns it on, by environment variable, for its own run.
    },
    opts,
  );
}

/** A kubeconfig without credentials: https://docs.aws.amazon.com/cli/latest/reference/eks/get-token.html */
function kubeconfig({
  clusterName,
  endpoint,
  certificateAuthority,
  region,
}: KubernetesProviderArgs): pulumi.Output<string> {
  return pulumi.jsonStringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "preflight",
    clusters: [
      { name: "preflight", cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } },
    ],
    contexts: [{ name: "preflight", context: { cluster: "preflight", user: "preflight" } }],
    users: [
      {
        name: "preflight",
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["--region", region, "eks", "get-token", "--cluster-name", clusterName, "--output", "json"],
            interactiveMode: "Never",
          },
        },
      },
    ],
  });
}
