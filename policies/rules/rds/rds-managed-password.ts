import type { ClusterArgs, InstanceArgs } from "@pulumi/aws/rds/index.js";

import { RDS_CLUSTER, RDS_INSTANCE } from "../../lib/rds.ts";
import { resourceRule } from "../../lib/rule.ts";

type Args = Pick<InstanceArgs, "password"> & Pick<ClusterArgs, "masterPassword">;

/**
 * A password that the program hands over is in the state, whether marked as secret or not (rules cannot see the mark).
 * None at all is right: the database is then managed, a replica or restored, or the value is write-only
 * (`passwordWo`, `masterPasswordWo`), which no state keeps.
 */
export const rdsManagedPassword = resourceRule<Args>({
  name: "rds-managed-password",
  description: "RDS makes and rotates the master password itself, so that no program, state or person ever holds it.",
  severity: "high",
  checklist: ["SECR-03", "SECR-01"],
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
  remediation: "Remove the password and set manageMasterUserPassword to true.",
  types: [RDS_INSTANCE, RDS_CLUSTER],
  check(database, report) {
    // Presence decides: a generated password is unknown before the first deployment, and its value is never read here.
    for (const property of ["password", "masterPassword"] as const) {
      if (property in database) report({ property, found: "a password given by the program", required: "nothing" });
    }
  },
});
