import * as pulumi from "@pulumi/pulumi";

import { Cluster } from "../../components/cluster/cluster.ts";
import type { ClusterSettings } from "../../config/cluster.ts";
import { CLUSTER_SETTINGS } from "./cluster-settings.ts";
import { ENVIRONMENT } from "./environment.ts";

/** A network of three zones that is there already. */
class ExistingNetwork extends pulumi.ComponentResource {
  readonly vpcId = pulumi.output("vpc-1");
  readonly cidrBlock = "10.20.0.0/16";
  readonly privateSubnetIds = ["a", "b", "c"].map((zone) => pulumi.output(`subnet-private-${zone}`));
  readonly isolatedSubnetIds = ["a", "b", "c"].map((zone) => pulumi.output(`subnet-isolated-${zone}`));
  readonly isolatedCidrBlocks = ["10.20.24.0/22", "10.20.56.0/22", "10.20.88.0/22"];

  constructor() {
    super("test:network:ExistingNetwork", "network");
  }
}

const key = (purpose: string) => pulumi.output(`arn:aws:kms:eu-west-1:111122223333:key/${purpose}`);

/** The cluster of a test, with other settings where it needs them. */
export function makeCluster(settings: Partial<ClusterSettings> = {}): Cluster {
  return new Cluster("cluster", {
    environment: ENVIRONMENT,
    settings: { ...CLUSTER_SETTINGS, ...settings },
    network: new ExistingNetwork(),
    keys: { arns: { cluster: key("cluster"), logs: key("logs"), volumes: key("volumes") } },
  });
}
