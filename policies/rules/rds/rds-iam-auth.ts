import type { InstanceArgs } from "@pulumi/aws/rds/index.js";

import { show } from "../../../core/finding.ts";
import { RDS_CLUSTER, RDS_INSTANCE } from "../../lib/rds.ts";
import { resourceRule } from "../../lib/rule.ts";

/** Engines that know no login by IAM. */
const WITHOUT_IAM = /^(oracle|sqlserver|db2|custom)/;

export const rdsIamAuth = resourceRule<Pick<InstanceArgs, "engine" | "iamDatabaseAuthenticationEnabled">>({
  name: "rds-iam-auth",
  description: "Databases accept IAM tokens, so that services need no password that could leak or grow old.",
  severity: "low",
  checklist: ["SEC-15"],
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html",
  remediation: "Set iamDatabaseAuthenticationEnabled to true and grant rds_iam to the services' roles.",
  types: [RDS_INSTANCE, RDS_CLUSTER],
  check(database, report) {
    // Without an engine (a replica, a restored server) the database is judged: most engines know it.
    if (WITHOUT_IAM.test(database.engine ?? "")) return;
    if (database.iamDatabaseAuthenticationEnabled !== true) {
      report({
        property: "iamDatabaseAuthenticationEnabled",
        found: show(database.iamDatabaseAuthenticationEnabled),
        required: "true",
      });
    }
  },
});
