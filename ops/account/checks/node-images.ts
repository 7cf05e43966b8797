import type { StackConfig } from "../../../config/schema.ts";
import type { Ask, OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, refusalOf, valueOf } from "../outcome.ts";

/** An image that the stack file names. */
interface Named {
  readonly what: string;
  /** Key of the stack file. */
  readonly key: string;
  readonly architecture: string;
  /** As the file writes it. */
  readonly value: string;
  /** Eight digits. */
  readonly date: string;
  /** Kubernetes' patch in the name, for instance "1.35.6"; undefined for an alias, which has none. */
  readonly patch: string | undefined;
}

/** Every image release that the stack file names. */
export function imagesOf({ cluster, clusterServices: { karpenter } }: StackConfig): readonly Named[] {
  const groups = Object.entries(cluster.nodeGroups).map(([name, { architecture, releaseVersion }]) => ({
    what: `Image of node group ${name}`,
    key: `cluster.nodeGroups.${name}.releaseVersion`,
    architecture,
    value: releaseVersion,
    date: releaseVersion.split("-")[1] ?? "",
    patch: releaseVersion.split("-")[0],
  }));
  const pools = Object.entries(karpenter.nodePools).map(([name, { architecture }]) => ({
    what: `Image of node pool ${name}`,
    key: "clusterServices.karpenter.amiAlias",
    architecture,
    value: karpenter.amiAlias,
    date: karpenter.amiAlias.split("@v")[1] ?? "",
    patch: undefined,
  }));
  return [...groups, ...pools];
}

/** The name that EKS gives an image of Amazon Linux 2023. */
const imageName = (minor: string, { architecture, date }: Named) =>
  `amazon-eks-node-al2023-${architecture}-standard-${minor}-v${date}`;

/** Where EKS keeps public parameters of images. */
const parameterOf = (minor: string, architecture: string, name: string) =>
  `/aws/service/eks/optimized-ami/${minor}/amazon-linux-2023/${architecture}/standard/${name}`;

async function gatherImage(image: Named, minor: string, region: string, ask: Ask) {
  const name = imageName(minor, image);
  const [published, parameter, recommended] = await Promise.all([
    ask("ec2:DescribeImages", { Owners: ["amazon"], Filters: [{ Name: "name", Values: [name] }] }, region),
    // Karpenter looks here for its alias.
    ask("ssm:GetParameter", { Name: `${parameterOf(minor, image.architecture, name)}/image_id` }, region),
    ask("ssm:GetParameter", { Name: parameterOf(minor, image.architecture, "recommended/release_version") }, region),
  ]);
  return { image, published, parameter, recommended };
}

interface Answers {
  readonly image: Named;
  readonly published: OutcomeOf<"ec2:DescribeImages">;
  readonly parameter: OutcomeOf<"ssm:GetParameter">;
  readonly recommended: OutcomeOf<"ssm:GetParameter">;
}

function judgeImage({ image, published, parameter, recommended }: Answers): Line {
  const part = { what: image.what, needed: `${image.value} (${image.architecture}) is published` };
  const refusal = refusalOf(published, parameter);
  if (refusal !== undefined) return unasked(part, refusal);
  const newest = isRefusal(recommended) ? undefined : valueOf(recommended)?.Parameter?.Value;
  const instead = newest === undefined ? "Take a published release" : `Take ${newest}, which EKS recommends now`;
  const todo = `${instead} (${image.key}); groups and node pools take the same date.`;
  const [found] = valueOf(published)?.Images ?? [];
  if (found === undefined && parameter.kind === "absent") return blocks(part, "no such image in this region", todo);
  if (found === undefined) return blocks(part, "a parameter names it, but the image is gone", todo);
  if (parameter.kind === "absent")
    return blocks(part, "the image has no public parameter: Karpenter would not find it", todo);
  // EKS' own description of the image says which Kubernetes is in it.
  const patch = /k8s: (\d+\.\d+\.\d+)/.exec(found.Description ?? "")?.[1];
  if (image.patch !== undefined && patch !== undefined && patch !== image.patch) {
    return blocks(
      part,
      `the image of that day has Kubernetes ${patch}`,
      `Set ${image.key} to ${patch}-${image.date}, or newer. ${todo}`,
    );
  }
  return ok(part, `${found.ImageId ?? "published"}${newest === undefined ? "" : `; recommended now: ${newest}`}`);
}

/** The releases of node images that the stack file names: patch and date belong together, and only EKS knows which exist. */
export const nodeImagesCheck = defineCheck({
  id: "node-images",
  subject: "Cluster",
  source:
    "https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html; Karpenter's pkg/providers/amifamily/al2023.go",
  gather: ({ config }, { ask }) =>
    Promise.all(
      imagesOf(config).map((image) =>
        gatherImage(image, config.cluster.kubernetesVersion, config.environment.region, ask),
      ),
    ),
  judge: (_target, answers) => answers.map(judgeImage),
});
