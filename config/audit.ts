import * as z from "zod";

import { AUDIT } from "../standards/audit.ts";
import { LOGS } from "../standards/logs.ts";
import { defineBlock } from "./block.ts";
import { emailAddress, logRetentionDays, wholeNumber } from "./types.ts";

/** One part of the audit: made here, or by an organisation that already has it for all its accounts. */
function part(what: string) {
  return z.strictObject({
    managedBy: z
      .enum(["stack", "organisation"])
      .meta({
        description: `${what}: "organisation" if it already exists for this account; two would collide or cost twice.`,
      }),
    owner: emailAddress("Who answers for the organisation's; null when the stack makes it.").nullable(),
  });
}

const schema = z.strictObject({
  trail: part("CloudTrail"),
  guardDuty: part("GuardDuty"),
  securityHub: part("Security Hub"),
  configRecorder: part("AWS Config's recorder"),
  accessAnalyzer: part("IAM Access Analyzer"),
  logRetentionDays: logRetentionDays(
    "Days for which the trail can be searched in CloudWatch.",
    LOGS.minAuditRetentionDays,
  ),
  bucketRetentionDays: wholeNumber(
    { min: LOGS.minAuditRetentionDays, max: LOGS.maxRetentionDays, unit: "days" },
    "Days for which the trail's files are kept.",
  ),
  objectLock: z.strictObject({
    mode: z
      .enum(["GOVERNANCE", "COMPLIANCE"])
      .meta({ description: "GOVERNANCE can be lifted by a privileged role; COMPLIANCE by nobody, ever." }),
    days: wholeNumber(
      { min: AUDIT.minObjectLockDays, max: LOGS.maxRetentionDays, unit: "days" },
      "Days for which nobody can change or delete a file.",
    ),
  }),
});

export type AuditSettings = z.output<typeof schema>;

/** The parts that an organisation may have taken over. */
export const AUDIT_PARTS = ["trail", "guardDuty", "securityHub", "configRecorder", "accessAnalyzer"] as const;

export const auditBlock = defineBlock({
  schema,
  check(audit, report, profile) {
    for (const name of AUDIT_PARTS) {
      const { managedBy, owner } = audit[name];
      if ((managedBy === "organisation") === (owner !== null)) continue;
      report({
        path: [name, "owner"],
        found: String(owner),
        allowed: managedBy === "organisation" ? "an e-mail address" : "null: the stack makes this part",
        fix: "Every part has an owner: name the organisation's, or let the stack make it.",
      });
    }
    const { days } = audit.objectLock;
    if (days > audit.bucketRetentionDays) {
      report({
        path: ["objectLock", "days"],
        found: String(days),
        allowed: `at most ${audit.bucketRetentionDays} (days), the bucket's retention`,
        fix: "The lifecycle could not delete locked files: raise bucketRetentionDays or lower the lock.",
      });
    }
    if (profile === "production" && days < AUDIT.minObjectLockDaysProduction) {
      report({
        path: ["objectLock", "days"],
        found: String(days),
        allowed: `at least ${AUDIT.minObjectLockDaysProduction} (days) in production`,
        fix: "Raise it; the floor is in standards/audit.ts.",
      });
    }
  },
});
