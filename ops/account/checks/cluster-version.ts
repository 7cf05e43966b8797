import { nameOf } from "../../../core/names.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

/** The minor version of "1.35". */
const minorOf = (version: string) => Number(version.split(".")[1]);

function judgeOffer(version: string, answer: OutcomeOf<"eks:DescribeClusterVersions">): Line {
  const part = { what: `Kubernetes ${version}`, needed: "in standard support" };
  if (isRefusal(answer)) return unasked(part, answer);
  const versions = valueOf(answer)?.clusterVersions ?? [];
  const status = versions.find(({ clusterVersion }) => clusterVersion === version)?.versionStatus;
  const standard = versions
    .filter(({ versionStatus }) => versionStatus === "STANDARD_SUPPORT")
    .flatMap(({ clusterVersion }) => clusterVersion ?? [])
    .toSorted((a, b) => minorOf(a) - minorOf(b));
  const todo = `Set cluster.kubernetesVersion to one of ${standard.join(", ")}; a running cluster goes one minor at a time.`;
  if (status === "STANDARD_SUPPORT") return ok(part, "standard support");
  if (status === "EXTENDED_SUPPORT") return advice(part, "extended support, at six times the price", todo);
  return blocks(part, "not offered by EKS", todo);
}

function judgeRunning(version: string, answer: OutcomeOf<"eks:DescribeCluster">): Line {
  const part = { what: "The running cluster", needed: `none, or ${version}, or one minor below` };
  if (isRefusal(answer)) return unasked(part, answer);
  const running = valueOf(answer)?.cluster?.version;
  if (running === undefined) return ok(part, "none yet");
  const steps = minorOf(version) - minorOf(running);
  if (steps === 0 || steps === 1) return ok(part, running);
  return blocks(
    part,
    running,
    steps < 0
      ? `EKS goes back to no earlier version: set cluster.kubernetesVersion to ${running}.`
      : `EKS upgrades one minor at a time: set cluster.kubernetesVersion to 1.${minorOf(running) + 1} first.`,
  );
}

/** The Kubernetes version of the stack file against what EKS offers, and against the cluster that runs. */
export const clusterVersionCheck = defineCheck({
  id: "cluster-version",
  subject: "Cluster",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
  requirements: ["CLUS-01"],
  gather: async ({ config: { environment } }, { ask }) => {
    const { region } = environment;
    const [versions, cluster] = await Promise.all([
      ask("eks:DescribeClusterVersions", { includeAll: true }, region),
      ask("eks:DescribeCluster", { name: nameOf(environment) }, region),
    ]);
    return { versions, cluster };
  },
  judge: ({ config }, { versions, cluster }) => [
    judgeOffer(config.cluster.kubernetesVersion, versions),
    judgeRunning(config.cluster.kubernetesVersion, cluster),
  ],
});
