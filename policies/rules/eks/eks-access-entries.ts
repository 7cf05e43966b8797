import type { ClusterArgs } from "@pulumi/aws/eks/index.js";

import { show } from "../../../core/finding.ts";
import { resourceRule } from "../../lib/rule.ts";

/** Modes in which access entries count; the ConfigMap alone can lock everybody out by one typing error. */
const WITH_ENTRIES = ["API", "API_AND_CONFIG_MAP"];

export const eksAccessEntries = resourceRule<ClusterArgs>({
  name: "eks-access-entries",
  description:
    "Access to the cluster is granted by entries that can be listed and reviewed, and whoever created it is no hidden administrator.",
  severity: "medium",
  checklist: ["COMP-04", "SEC-25"],
  url: "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html",
  remediation:
    'Set accessConfig to { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false } and add an AccessEntry for each role.',
  types: ["aws:eks/cluster:Cluster"],
  check({ accessConfig }, report) {
    // Absent means CONFIG_MAP.
    const mode = accessConfig?.authenticationMode;
    if (mode === undefined || !WITH_ENTRIES.includes(mode)) {
      report({ property: "accessConfig.authenticationMode", found: show(mode), required: WITH_ENTRIES.join(" or ") });
    }
    // Absent means true.
    const creator = accessConfig?.bootstrapClusterCreatorAdminPermissions;
    if (creator !== false) {
      report({
        property: "accessConfig.bootstrapClusterCreatorAdminPermissions",
        found: show(creator),
        required: "false",
      });
    }
  },
});
