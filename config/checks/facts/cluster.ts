import { ADDON_NAMES, CLUSTER } from "../../../standards/cluster.ts";
import { addonToTake, addonWasSeen, EKS_ADDONS } from "../../../standards/facts/eks-addons.ts";
import { showValue } from "../../problems/problem.ts";
import { judgeInstanceType } from "./instances.ts";
import { judgeNodeImage } from "./node-images.ts";
import type { Judgement, Objection } from "./objection.ts";
import { at } from "./objection.ts";

/** What of a cluster's block is known of AWS. */
export interface ClusterFacts {
  readonly kubernetesVersion: string;
  readonly nodeGroups: Readonly<
    Record<
      string,
      { readonly architecture: string; readonly instanceTypes: readonly string[]; readonly releaseVersion: string }
    >
  >;
  readonly addons: Readonly<Record<keyof typeof ADDON_NAMES, string>>;
}

const DAY_MILLISECONDS = 86_400_000;

/** A version whose standard support ends soon after the day of our calendar. */
function judgeSupport(minor: string): Judgement {
  const lastDay = CLUSTER.endOfStandardSupport[minor];
  if (lastDay === undefined) return undefined;
  const days = Math.round((Date.parse(lastDay) - Date.parse(CLUSTER.calendarAsOf)) / DAY_MILLISECONDS);
  if (days > CLUSTER.supportReminderDays) return undefined;
  const newest = Object.keys(CLUSTER.endOfStandardSupport).at(-1) ?? minor;
  return {
    certain: false,
    found: `${showValue(minor)}, which EKS supports without extra charge until ${lastDay} only`,
    allowed: `versions up to "${newest}"`,
    fix: "Plan the next minor version: docs/guides/raise-a-version.md.",
  };
}

function judgeAddon(addon: string, build: string, minor: string): Judgement {
  if (addonWasSeen(addon, build, minor)) return undefined;
  const known = addonToTake(addon, minor);
  const seenWith = EKS_ADDONS.addons[addon]?.builds[build];
  const others = seenWith === undefined || seenWith === "" ? "" : `; it has it with ${seenWith.replaceAll(" ", ", ")}`;
  return {
    certain: false,
    found: `${showValue(build)}, which our table of ${EKS_ADDONS.asOf} does not have with Kubernetes ${minor}${others}`,
    allowed: known === undefined ? `a build of ${addon} for Kubernetes ${minor}` : `for instance "${known}"`,
    fix: `See whether EKS offers it before the next deployment: aws eks describe-addon-versions --addon-name ${addon} --kubernetes-version ${minor} --query "addons[].addonVersions[].addonVersion"`,
  };
}

/** What the tables have against a cluster; paths start below its block. */
export function clusterObjections({ kubernetesVersion, nodeGroups, addons }: ClusterFacts): readonly Objection[] {
  const groups = Object.entries(nodeGroups).flatMap(([name, { architecture, instanceTypes, releaseVersion }]) => [
    ...instanceTypes.flatMap((type, index) =>
      at(["nodeGroups", name, "instanceTypes", index], judgeInstanceType(type, architecture)),
    ),
    // A release of another minor version is refused for that alone.
    ...(releaseVersion.startsWith(`${kubernetesVersion}.`)
      ? at(["nodeGroups", name, "releaseVersion"], judgeNodeImage(kubernetesVersion, architecture, releaseVersion))
      : []),
  ]);
  const builds = Object.entries(addons)
    .filter(([key, build]) => key !== "kubeProxy" || build.startsWith(`v${kubernetesVersion}.`))
    .flatMap(([key, build]) =>
      at(
        ["addons", key],
        judgeAddon(Object.entries(ADDON_NAMES).find(([its]) => its === key)?.[1] ?? key, build, kubernetesVersion),
      ),
    );
  return [...at(["kubernetesVersion"], judgeSupport(kubernetesVersion)), ...groups, ...builds];
}
