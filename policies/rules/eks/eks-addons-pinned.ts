import type { AddonArgs } from "@pulumi/aws/eks/index.js";

import { show } from "../../../core/finding.ts";
import { resourceRule } from "../../lib/rule.ts";

export const eksAddonsPinned = resourceRule<AddonArgs>({
  name: "eks-addons-pinned",
  description:
    "Add-ons name their version: an unnamed one differs between environments that were made on different days.",
  severity: "medium",
  checklist: ["CLUS-01", "CONF-09"],
  url: "https://docs.aws.amazon.com/eks/latest/userguide/managing-add-ons.html",
  remediation: "Set addonVersion to a full version, for instance v1.22.4-eksbuild.3.",
  types: ["aws:eks/addon:Addon"],
  check({ addonVersion }, report) {
    // Absent means AWS' default of the day.
    if (addonVersion === undefined || addonVersion === "") {
      report({
        property: "addonVersion",
        found: addonVersion === "" ? "an empty text" : show(addonVersion),
        required: "a version",
      });
    }
  },
});
