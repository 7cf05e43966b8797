import type { ClusterServicesSettings } from "../../config/blocks/cluster-services.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Network } from "../network/network.ts";
import type { ControllerPlace } from "../shared/kubernetes/controller.ts";

/** What every controller of the platform namespace is made with. */
export interface ControllerContext extends ControllerPlace {
  readonly environment: Environment;
  readonly settings: ClusterServicesSettings;
  readonly cluster: Pick<Cluster, "name" | "endpoint" | "apiServerCidrs" | "nodeRoleArn" | "nodeRoleName">;
  readonly network: Pick<Network, "vpcId" | "cidrBlock" | "privateCidrBlocks" | "isolatedCidrBlocks">;
}
