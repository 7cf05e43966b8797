import type { InstanceArgs } from "@pulumi/aws/rds/index.js";

import { RDS_CLUSTER_INSTANCE, RDS_INSTANCE } from "../../lib/rds.ts";
import { resourceRule } from "../../lib/rule.ts";

export const rdsNotPublic = resourceRule<Pick<InstanceArgs, "publiclyAccessible">>({
  name: "rds-not-public",
  description: "No database server has a public address: whoever finds one can try passwords and unpatched holes.",
  severity: "critical",
  checklist: ["SEC-15"],
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
  remediation: "Set publiclyAccessible to false and reach the server from inside the network.",
  types: [RDS_INSTANCE, RDS_CLUSTER_INSTANCE],
  check(server, report) {
    // Absent is false: the provider always sends the flag.
    if (server.publiclyAccessible === true)
      report({ property: "publiclyAccessible", found: "true", required: "false" });
  },
});
