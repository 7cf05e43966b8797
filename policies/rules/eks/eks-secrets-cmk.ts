import type { ClusterArgs } from "@pulumi/aws/eks/index.js";

import { show } from "../../../core/finding.ts";
import { isSet } from "../../lib/is-set.ts";
import { resourceRule } from "../../lib/rule.ts";

export const eksSecretsCmk = resourceRule<ClusterArgs>({
  name: "eks-secrets-cmk",
  description:
    "Kubernetes secrets are encrypted under a customer key, so that reading them is subject to its policy and leaves a trace.",
  severity: "high",
  checklist: ["SEC-14", "SECR-06"],
  url: "https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html",
  remediation: 'Set encryptionConfig to { resources: ["secrets"], provider: { keyArn } } with a customer managed key.',
  types: ["aws:eks/cluster:Cluster"],
  check({ encryptionConfig }, report) {
    // Absent means AWS' own key, which nobody here can audit or withdraw.
    if (encryptionConfig === undefined) {
      report({ property: "encryptionConfig", found: "nothing", required: "a customer key for secrets" });
      return;
    }
    if (!encryptionConfig.resources.includes("secrets")) {
      report({ property: "encryptionConfig.resources", found: show(encryptionConfig.resources), required: "secrets" });
    }
    // A key that is made in the same deployment is unknown before it: its presence decides.
    if (!isSet(encryptionConfig.provider, "keyArn")) {
      report({ property: "encryptionConfig.provider.keyArn", found: "nothing", required: "the ARN of a customer key" });
    }
  },
});
