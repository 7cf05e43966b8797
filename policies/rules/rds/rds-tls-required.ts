import type { ClusterArgs, InstanceArgs, ParameterGroupArgs } from "@pulumi/aws/rds/index.js";

import { show } from "../../../core/finding.ts";
import { TLS_PARAMETERS } from "../../../standards/database.ts";
import { RDS_CLUSTER, RDS_INSTANCE } from "../../lib/rds.ts";
import { stackRule } from "../../lib/rule.ts";

type Args = Pick<ClusterArgs, "dbClusterParameterGroupName"> &
  Pick<InstanceArgs, "engine" | "parameterGroupName" | "replicateSourceDb">;

/** Where each kind of database names the group that decides. Of a cluster it is the cluster's, not its members'. */
const GROUPS = {
  [RDS_CLUSTER]: {
    property: "dbClusterParameterGroupName",
    type: "aws:rds/clusterParameterGroup:ClusterParameterGroup",
  },
  [RDS_INSTANCE]: { property: "parameterGroupName", type: "aws:rds/parameterGroup:ParameterGroup" },
} as const;

const ON: readonly string[] = ["1", "on", "true"];

export const rdsTlsRequired = stackRule<Args>({
  name: "rds-tls-required",
  description:
    "Databases refuse connections without TLS, by a parameter group of this stack: AWS' own groups differ from release to release.",
  severity: "high",
  checklist: ["SEC-01", "SEC-15"],
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html",
  remediation:
    "Refer to a parameter group that sets rds.force_ssl to 1 (PostgreSQL, SQL Server) or require_secure_transport to ON (MySQL, MariaDB).",
  type: [RDS_CLUSTER, RDS_INSTANCE],
  check(database, stack, report) {
    // A replica has its source's group; Oracle does this by an option group, which is not judged here.
    if ((database.props.replicateSourceDb ?? "") !== "") return;
    const engine = database.props.engine ?? "";
    if (engine.startsWith("oracle")) return;
    const place = database.type === RDS_CLUSTER ? GROUPS[RDS_CLUSTER] : GROUPS[RDS_INSTANCE];
    const [group] = stack
      .ofType<ParameterGroupArgs>(place.type)
      .filter(({ urn }) =>
        (database.propertyDependencies[place.property] ?? []).some((dependency) => dependency.urn === urn),
      );
    const wanted = Object.entries(TLS_PARAMETERS)
      .filter(([name]) => engine === "" || engine.includes(name))
      .map(([, parameter]) => parameter);
    const required = [...new Set(wanted)].map((parameter) => `${parameter}=1`).join(" or ");
    if (group === undefined) {
      report({
        property: place.property,
        found: "no parameter group of this stack",
        required: `a reference to one with ${required}`,
      });
      return;
    }
    const value = (group.props.parameters ?? []).find(({ name }) =>
      wanted.some((parameter) => parameter === name),
    )?.value;
    if (value === undefined || !ON.includes(value.toLowerCase())) {
      report({ property: place.property, found: `${group.name} with ${show(value)}`, required });
    }
  },
});
