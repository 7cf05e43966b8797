import * as z from "zod";

import { AUDIT } from "../../standards/audit.ts";
import { LOGS } from "../../standards/logs.ts";
import { defineBlock } from "../block.ts";
import { logRetentionDays, wholeNumber } from "../types.ts";
import { checkOwners, managedPart } from "./managed-part.ts";

const schema = z.strictObject({
  trail: managedPart("CloudTrail"),
  guardDuty: managedPart("GuardDuty"),
  securityHub: managedPart("Security Hub"),
  configRecorder: managedPart("AWS Config's recorder"),
  accessAnalyzer: managedPart("IAM Access Analyzer"),
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
    checkOwners(Object.fromEntries(AUDIT_PARTS.map((name) => [name, audit[name]])), report);
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
