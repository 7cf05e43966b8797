import type { ClusterArgs, ClusterInstanceArgs, InstanceArgs } from "@pulumi/aws/rds/index.js";

import { show } from "../../../core/finding.ts";
import { DATABASE } from "../../../standards/database.ts";
import { RDS_CLUSTER, RDS_CLUSTER_INSTANCE, RDS_INSTANCE } from "../../lib/rds.ts";
import { stackRule } from "../../lib/rule.ts";

type Args = Pick<InstanceArgs, "multiAz" | "replicateSourceDb"> & Pick<ClusterArgs, "dbClusterInstanceClass">;

/** A writer and the readers that the standard asks for; Aurora puts them into different zones. */
const MEMBERS = 1 + DATABASE.minReaders;

export const rdsMultiAz = stackRule<Args>({
  name: "rds-multi-az",
  description: `Databases survive the loss of a zone: a server has a standby in a second one, an Aurora cluster at least ${MEMBERS} members.`,
  severity: "high",
  checklist: ["DATA-04"],
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html",
  remediation: "Set multiAz to true, or give the cluster another ClusterInstance.",
  type: [RDS_INSTANCE, RDS_CLUSTER],
  check(database, stack, report) {
    // Outputs of an existing resource hold "" for what was never set.
    const says = (value: string | undefined) => (value ?? "") !== "";
    if (database.type === RDS_INSTANCE) {
      // A replica is itself the second copy.
      if (says(database.props.replicateSourceDb) || database.props.multiAz === true) return;
      report({ property: "multiAz", found: show(database.props.multiAz), required: "true" });
      return;
    }
    // A cluster with a class of its own is RDS' three-zone cluster, whose members AWS makes.
    if (says(database.props.dbClusterInstanceClass)) return;
    const members = stack.referring<ClusterInstanceArgs>(RDS_CLUSTER_INSTANCE, "clusterIdentifier", database);
    if (members.length < MEMBERS) {
      report({
        property: "(its ClusterInstances)",
        found: String(members.length),
        required: `at least ${MEMBERS} (instances)`,
      });
    }
  },
});
