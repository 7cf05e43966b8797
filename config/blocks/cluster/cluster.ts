import * as z from "zod";

import { contains, parseIpv4Cidr } from "../../../core/cidr.ts";
import { ADDON_NAMES, CLUSTER } from "../../../standards/cluster.ts";
import { addonToTake } from "../../../standards/facts/eks-addons.ts";
import { LOGS } from "../../../standards/logs.ts";
import { NETWORK } from "../../../standards/network.ts";
import type { Profile } from "../../block.ts";
import { defineBlock } from "../../block.ts";
import { clusterObjections } from "../../checks/facts/cluster.ts";
import { reportCertain } from "../../checks/facts/objection.ts";
import type { ReportProblem } from "../../problems/problem.ts";
import { showValue } from "../../problems/problem.ts";
import { mustBeUnique, valuesAt } from "../../problems/references.ts";
import { flag, iamRoleArn, ipv4Cidr, logRetentionDays, slug, text } from "../../types.ts";
import type { NodeGroupSettings } from "./nodes.ts";
import { checkNodeGroup, nodeGroup } from "./nodes.ts";

/** Versions which EKS still supports without extra charge, in ascending order. */
const SUPPORTED = Object.entries(CLUSTER.endOfStandardSupport)
  .filter(([, lastDay]) => lastDay >= CLUSTER.calendarAsOf)
  .map(([version]) => version);

const addonVersion = (key: keyof typeof ADDON_NAMES) => {
  const addon = ADDON_NAMES[key];
  const example = addonToTake(addon, CLUSTER.exampleVersion);
  return text(
    /^v\d+\.\d+\.\d+-eksbuild\.\d+$/,
    `a full add-on version${example === undefined ? "" : `, for instance "${example}"`}`,
    `Version of the EKS add-on ${addon}`,
  );
};

const accessEntry = z.strictObject({
  name: slug("The entry's name; renaming it takes the access away for a moment", 20),
  roleArn: iamRoleArn("The IAM role which people or machines assume to work in the cluster"),
  level: z.enum(["admin", "edit", "view"]).meta({
    description: "admin: everything; edit: change objects and read secrets; view: read all but secrets.",
  }),
  namespaces: z
    .array(slug("A namespace", 63))
    .meta({ description: "Namespaces in which the level holds; none: the whole cluster." }),
});

const schema = z.strictObject({
  kubernetesVersion: z
    .enum(SUPPORTED)
    .meta({ description: "Minor version of control plane and nodes; EKS upgrades one minor version at a time." }),
  deployerRoleArn: iamRoleArn(
    "The role that deploys this stack; it is the cluster's first administrator, nobody else is one by accident.",
  ),
  accessEntries: z.array(accessEntry).meta({ description: "Who else may work in the cluster, and how." }),
  apiPublicCidrs: z
    .array(ipv4Cidr("A block of addresses that may reach the API server from the internet"))
    .max(CLUSTER.awsMaxPublicCidrs)
    .meta({
      description: "Blocks that may reach the API server from the internet; none: it has private addresses only.",
    }),
  serviceCidr: ipv4Cidr(
    "Addresses of services inside the cluster; must not overlap the network, and can never be changed",
  ),
  controlPlaneLogRetentionDays: logRetentionDays(
    "Days for which the control plane's logs, the audit log among them, are kept.",
    CLUSTER.minLogRetentionDays,
  ),
  deletionProtection: flag("EKS refuses to delete the cluster until this is off."),
  nodeGroups: z.record(slug("Name of a node group; renaming it replaces its nodes", 20), nodeGroup),
  addons: z.strictObject({
    vpcCni: addonVersion("vpcCni"),
    kubeProxy: addonVersion("kubeProxy"),
    podIdentityAgent: addonVersion("podIdentityAgent"),
    coredns: addonVersion("coredns"),
    ebsCsiDriver: addonVersion("ebsCsiDriver"),
    metricsServer: addonVersion("metricsServer"),
    nodeMonitoringAgent: addonVersion("nodeMonitoringAgent"),
  }),
});

export type ClusterSettings = z.output<typeof schema>;
export type AccessEntrySettings = z.output<typeof accessEntry>;
export type { NodeGroupSettings } from "./nodes.ts";

/** Fewest on-demand nodes without taints: AWS does not reclaim them, and every pod may run there. */
function onDemandNodes(groups: Readonly<Record<string, NodeGroupSettings>>): number {
  return Object.values(groups)
    .filter(({ capacity, taints }) => capacity === "on-demand" && taints.length === 0)
    .reduce((sum, { minSize }) => sum + minSize, 0);
}

function checkAccess(
  { deployerRoleArn, accessEntries }: ClusterSettings,
  report: ReportProblem,
  profile: Profile,
): void {
  const roles = accessEntries.map(({ roleArn }) => roleArn);
  mustBeUnique(
    [{ path: ["deployerRoleArn"], value: deployerRoleArn }, ...valuesAt(["accessEntries"], roles, "roleArn")],
    "Remove the entry, or give it a role of its own: EKS keeps one entry for each role.",
    report,
  );
  const names = accessEntries.map(({ name }) => name);
  mustBeUnique(valuesAt(["accessEntries"], names, "name"), "Rename one of the two.", report);
  for (const [index, entry] of accessEntries.entries()) {
    if (profile === "production" && entry.level === "edit" && entry.namespaces.length === 0) {
      report({
        path: ["accessEntries", index, "namespaces"],
        found: "the whole cluster",
        allowed: "named namespaces for the level edit in production",
        fix: "Name the namespaces: edit reads the secrets of every namespace it holds in.",
      });
    }
  }
}

function checkEndpoint({ apiPublicCidrs, serviceCidr }: ClusterSettings, report: ReportProblem): void {
  for (const [index, cidr] of apiPublicCidrs.entries()) {
    if (Number(cidr.split("/")[1]) >= CLUSTER.minApiCidrPrefixLength) continue;
    report({
      path: ["apiPublicCidrs", index],
      found: showValue(cidr),
      allowed: `blocks of /${CLUSTER.minApiCidrPrefixLength} or smaller; never the whole internet`,
      fix: "List the addresses of your offices and runners only, or none: then the API server is private.",
    });
  }
  const services = parseIpv4Cidr(serviceCidr);
  if (services === undefined) return;
  const { prefixLength } = services;
  const inPrivate = NETWORK.privateBlocks
    .map(parseIpv4Cidr)
    .some((outer) => outer !== undefined && contains(outer, services));
  if (
    prefixLength < CLUSTER.awsMinServicePrefixLength ||
    prefixLength > CLUSTER.awsMaxServicePrefixLength ||
    !inPrivate
  ) {
    report({
      path: ["serviceCidr"],
      found: showValue(serviceCidr),
      allowed: `a block from /${CLUSTER.awsMinServicePrefixLength} to /${CLUSTER.awsMaxServicePrefixLength} inside ${NETWORK.privateBlocks.join(", ")}`,
      fix: 'Use a block which no network of yours uses, for instance "172.20.0.0/16".',
    });
  }
}

function checkProduction(cluster: ClusterSettings, report: ReportProblem): void {
  const nodes = onDemandNodes(cluster.nodeGroups);
  if (nodes < CLUSTER.minProductionNodes) {
    report({
      path: ["nodeGroups"],
      found: `${nodes} on-demand nodes without taints at the least`,
      allowed: `at least ${CLUSTER.minProductionNodes} in production, one for each zone`,
      fix: "Raise minSize of a group that is on-demand and has no taints.",
    });
  }
  if (!cluster.deletionProtection) {
    report({
      path: ["deletionProtection"],
      found: "false",
      allowed: "true in production",
      fix: "Set it to true; what shall go all the same is unlocked by hand: docs/guides/take-something-out.md.",
    });
  }
  if (cluster.controlPlaneLogRetentionDays < LOGS.minAuditRetentionDays) {
    report({
      path: ["controlPlaneLogRetentionDays"],
      found: showValue(cluster.controlPlaneLogRetentionDays),
      allowed: `at least ${LOGS.minAuditRetentionDays} (days) in production`,
      fix: "Raise it: the audit log is evidence.",
    });
  }
}

export const clusterBlock = defineBlock({
  schema,
  check(cluster, report, profile) {
    checkAccess(cluster, report, profile);
    checkEndpoint(cluster, report);
    const groups = Object.entries(cluster.nodeGroups);
    for (const [name, group] of groups) checkNodeGroup(name, group, cluster.kubernetesVersion, report);
    reportCertain(clusterObjections(cluster), report);
    if (onDemandNodes(cluster.nodeGroups) === 0) {
      report({
        path: ["nodeGroups"],
        found: groups.length === 0 ? "no group" : "no group that is on-demand and has no taints",
        allowed: "at least one such group",
        fix: "Add a group for the cluster's own parts: they may neither be reclaimed nor shut out.",
      });
    }
    const { kubeProxy } = cluster.addons;
    if (!kubeProxy.startsWith(`v${cluster.kubernetesVersion}.`)) {
      report({
        path: ["addons", "kubeProxy"],
        found: showValue(kubeProxy),
        allowed: `v${cluster.kubernetesVersion}.<patch>-eksbuild.<build>`,
        fix: "Take the kube-proxy of the same minor version as the cluster.",
      });
    }
    if (profile === "production") checkProduction(cluster, report);
  },
});
