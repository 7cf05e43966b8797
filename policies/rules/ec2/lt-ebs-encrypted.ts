import type { LaunchTemplateArgs } from "@pulumi/aws/ec2/index.js";

import { show } from "../../../core/finding.ts";
import { resourceRule } from "../../lib/rule.ts";

export const ltEbsEncrypted = resourceRule<LaunchTemplateArgs>({
  name: "lt-ebs-encrypted",
  description:
    "Every volume of a launch template is encrypted: images, logs and swapped memory hold what passed through the instance.",
  severity: "high",
  checklist: ["SEC-14"],
  url: "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",
  remediation: 'Add blockDeviceMappings for the root volume with ebs: { encrypted: "true", kmsKeyId }.',
  types: ["aws:ec2/launchTemplate:LaunchTemplate"],
  check({ blockDeviceMappings }, report) {
    // Instance stores (virtualName) are encrypted by the hardware, and a suppressed device has nothing to encrypt.
    const volumes = [...(blockDeviceMappings ?? []).entries()].filter(([, mapping]) => "ebs" in mapping);
    // The image's own volume is encrypted only if the account says so, which is not known here.
    if (volumes.length === 0)
      report({
        property: "blockDeviceMappings",
        found: "no volume, so the image decides",
        required: "the root volume, encrypted",
      });
    for (const [index, { ebs }] of volumes) {
      if (ebs?.encrypted !== "true") {
        report({
          property: `blockDeviceMappings[${index}].ebs.encrypted`,
          found: show(ebs?.encrypted),
          required: '"true"',
        });
      }
    }
  },
});
