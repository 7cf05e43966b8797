import type { ClusterSettings } from "../../../config/blocks/cluster/cluster.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

/** The add-ons as EKS calls them. */
const ADDONS = {
  vpcCni: "vpc-cni",
  kubeProxy: "kube-proxy",
  podIdentityAgent: "eks-pod-identity-agent",
  coredns: "coredns",
  ebsCsiDriver: "aws-ebs-csi-driver",
  metricsServer: "metrics-server",
  nodeMonitoringAgent: "eks-node-monitoring-agent",
} as const satisfies Record<keyof ClusterSettings["addons"], string>;

/** Each add-on with its key in the stack file and the build that is wanted. */
const wanted = (addons: ClusterSettings["addons"]) =>
  Object.entries(ADDONS).flatMap(([key, name]) => {
    const version = new Map(Object.entries(addons)).get(key);
    return version === undefined ? [] : [{ key, name, version }];
  });

interface Answer {
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly answer: OutcomeOf<"eks:DescribeAddonVersions">;
}

function judgeAddon(kubernetes: string, { key, name, version, answer }: Answer): Line {
  const part = { what: `Add-on ${name}`, needed: `${version} for ${kubernetes}` };
  if (isRefusal(answer)) return unasked(part, answer);
  const builds = valueOf(answer)?.addons.flatMap(({ addonVersions }) => addonVersions ?? []) ?? [];
  if (builds.some(({ addonVersion }) => addonVersion === version)) return ok(part, "offered");
  const standard = builds.find(({ compatibilities }) => compatibilities?.some(({ defaultVersion }) => defaultVersion));
  const instead = standard?.addonVersion ?? builds[0]?.addonVersion;
  return blocks(
    part,
    builds.length === 0 ? "EKS offers no build of it" : "not among the builds that EKS offers",
    instead === undefined
      ? "Look whether the add-on is offered for this version and region at all."
      : `Set cluster.addons.${key} to ${instead}${standard === undefined ? "" : ", EKS' own choice"}; EKS withdraws old builds.`,
  );
}

/** The builds of EKS' add-ons: a build that is not offered for the cluster's version is refused. */
export const addonsCheck = defineCheck({
  id: "addons",
  subject: "Cluster",
  source: "https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddonVersions.html",
  requirements: ["CLUS-01"],
  gather: ({ config: { cluster, environment } }, { ask }) =>
    Promise.all(
      wanted(cluster.addons).map(async (addon) => ({
        ...addon,
        answer: await ask(
          "eks:DescribeAddonVersions",
          { addonName: addon.name, kubernetesVersion: cluster.kubernetesVersion },
          environment.region,
        ),
      })),
    ),
  judge: ({ config }, answers) => answers.map((answer) => judgeAddon(config.cluster.kubernetesVersion, answer)),
});
