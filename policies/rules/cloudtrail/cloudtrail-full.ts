import type { TrailArgs } from "@pulumi/aws/cloudtrail/index.js";

import { show } from "../../../core/finding.ts";
import { resourceRule } from "../../lib/rule.ts";

export const cloudtrailFull = resourceRule<TrailArgs>({
  name: "cloudtrail-full",
  description:
    "Trails record every region, prove that their files are unchanged, are encrypted under a customer key and can be searched: a record with gaps proves nothing.",
  severity: "high",
  checklist: ["SEC-18", "LOG-05", "COMP-05"],
  url: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
  remediation:
    "Set isMultiRegionTrail, enableLogFileValidation, kmsKeyId and cloudWatchLogsGroupArn, and leave logging on.",
  types: ["aws:cloudtrail/trail:Trail"],
  check(trail, report) {
    // AWS reads both as false when they are absent.
    for (const property of ["isMultiRegionTrail", "enableLogFileValidation"] as const) {
      if (trail[property] !== true) report({ property, found: show(trail[property]), required: "true" });
    }
    // Absent means that the trail logs.
    if (trail.enableLogging === false)
      report({ property: "enableLogging", found: "false", required: "true or absent" });
    // What is made in the same deployment is not known yet, but there.
    for (const property of ["kmsKeyId", "cloudWatchLogsGroupArn"] as const) {
      if (!(property in trail))
        report({ property, found: "nothing", required: property === "kmsKeyId" ? "a customer key" : "a log group" });
    }
  },
});
