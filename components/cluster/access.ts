import * as eks from "@pulumi/aws/eks/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { AccessEntrySettings, ClusterSettings } from "../../config/blocks/cluster/cluster.ts";
import { globalArn } from "../../core/names.ts";

export interface AccessArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly settings: Pick<ClusterSettings, "deployerRoleArn" | "accessEntries">;
}

/** AWS' own access policies. @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
const policyArn = (policy: string) => globalArn("aws", "eks", `cluster-access-policy/${policy}`);

/** The policy of a level. Inside namespaces, an administrator is one of these namespaces only. */
function policyOf({ level, namespaces }: AccessEntrySettings): string {
  switch (level) {
    case "admin":
      return policyArn(namespaces.length === 0 ? "AmazonEKSClusterAdminPolicy" : "AmazonEKSAdminPolicy");
    case "edit":
      return policyArn("AmazonEKSEditPolicy");
    case "view":
      return policyArn("AmazonEKSViewPolicy");
  }
}

/**
 * Who may work in the cluster, by access entries alone: no ConfigMap that locks everybody out, no creator who stays
 * administrator by accident. Answers the deployer's access, which everything inside the cluster must wait for.
 */
export function createAccess(
  name: string,
  { clusterName, settings }: AccessArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const deployer = allow(
    `${name}-deployer`,
    clusterName,
    { name: "deployer", roleArn: settings.deployerRoleArn, level: "admin", namespaces: [] },
    opts,
  );
  for (const entry of settings.accessEntries) allow(`${name}-access-${entry.name}`, clusterName, entry, opts);
  return deployer;
}

function allow(
  name: string,
  clusterName: pulumi.Input<string>,
  settings: AccessEntrySettings,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const entry = new eks.AccessEntry(name, { clusterName, principalArn: settings.roleArn, type: "STANDARD" }, opts);
  return new eks.AccessPolicyAssociation(
    name,
    {
      clusterName,
      principalArn: entry.principalArn,
      policyArn: policyOf(settings),
      accessScope:
        settings.namespaces.length === 0 ? { type: "cluster" } : { type: "namespace", namespaces: settings.namespaces },
    },
    { ...opts, parent: entry },
  );
}
