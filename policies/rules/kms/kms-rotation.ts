import type { KeyArgs } from "@pulumi/aws/kms/index.js";

import { show } from "../../../core/finding.ts";
import { ENCRYPTION } from "../../../standards/encryption.ts";
import { resourceRule } from "../../lib/rule.ts";

/** What AWS makes of a key without a specification: the only kind whose material it can rotate. */
const AWS_DEFAULT_SPEC = "SYMMETRIC_DEFAULT";

export const kmsRotation = resourceRule<KeyArgs>({
  name: "kms-rotation",
  description: `Symmetric customer keys rotate their material at least every ${ENCRYPTION.maxKeyRotationDays} days, so that one leaked key does not open everything ever encrypted.`,
  severity: "medium",
  checklist: ["SEC-14", "SECR-05"],
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable.html",
  remediation: "Set enableKeyRotation to true and rotationPeriodInDays to 365 or less.",
  types: ["aws:kms/key:Key"],
  check(key, report) {
    // AWS rotates neither asymmetric nor HMAC keys.
    if ((key.customerMasterKeySpec ?? AWS_DEFAULT_SPEC) !== AWS_DEFAULT_SPEC) return;
    if (key.enableKeyRotation !== true) {
      report({ property: "enableKeyRotation", found: show(key.enableKeyRotation), required: "true" });
    }
    // Absent means 365 days.
    const days = key.rotationPeriodInDays;
    if (days !== undefined && days > ENCRYPTION.maxKeyRotationDays) {
      report({
        property: "rotationPeriodInDays",
        found: show(days),
        required: `at most ${ENCRYPTION.maxKeyRotationDays} (days)`,
      });
    }
  },
});
