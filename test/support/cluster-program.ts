import { Route } from "@pulumi/aws/ec2/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterArgs } from "../../components/cluster/cluster.ts";
import { Cluster } from "../../components/cluster/cluster.ts";
import type { ClusterSettings } from "../../config/blocks/cluster/cluster.ts";
import { CLUSTER_SETTINGS } from "./cluster-settings.ts";
import { ENVIRONMENT } from "./environment.ts";

/** A network of three zones, with one way out. */
function makeNetwork() {
  const ids = (tier: string) => ["a", "b", "c"].map((zone) => pulumi.output(`subnet-${tier}-${zone}`));
  return {
    vpcId: pulumi.output("vpc-1"),
    cidrBlock: "10.20.0.0/16",
    privateSubnetIds: ids("private"),
    isolatedSubnetIds: ids("isolated"),
    isolatedCidrBlocks: ["10.20.24.0/22", "10.20.56.0/22", "10.20.88.0/22"],
    ready: [new Route("way-out", { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0" })],
  };
}

const key = (purpose: string) => pulumi.output(`arn:aws:kms:eu-west-1:111122223333:key/${purpose}`);

/** The cluster of a test, with other settings or another network where it needs them. */
export function makeCluster(
  settings: Partial<ClusterSettings> = {},
  network: ClusterArgs["network"] = makeNetwork(),
): Cluster {
  return new Cluster("cluster", {
    environment: ENVIRONMENT,
    settings: { ...CLUSTER_SETTINGS, ...settings },
    network,
    keys: { arns: { cluster: key("cluster"), logs: key("logs"), sessions: key("sessions"), volumes: key("volumes") } },
  });
}
