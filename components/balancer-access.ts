import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../config/blocks/environment.ts";
import { nameOf } from "../core/names.ts";
import type { Network } from "./network/network.ts";

export interface BalancerAccessArgs {
  readonly environment: Environment;
  readonly network: Pick<Network, "vpcId" | "cidrBlock">;
}

/** AWS' own list of the addresses from which CloudFront reaches origins; its id differs by region. */
const CLOUDFRONT_LIST = "com.amazonaws.global.cloudfront.origin-facing";

/**
 * Who reaches the shared balancer: CloudFront's servers, by TLS, and nobody else. The balancer itself is made by its
 * controller from the services' Ingresses; that a request came through our own CDN is what the web ACL asks. SEC-06
 */
export class BalancerAccess extends pulumi.ComponentResource {
  /** Group of the balancer's interfaces. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: BalancerAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:edge:BalancerAccess", name, {}, opts);
    const { environment, network } = args;
    const group = new ec2.SecurityGroup(
      name,
      {
        vpcId: network.vpcId,
        description: "Shared balancer behind the CDN",
        tags: { Name: nameOf(environment, "balancer") },
      },
      { parent: this },
    );
    const cloudfront = ec2.getManagedPrefixListOutput({ name: CLOUDFRONT_LIST }, { parent: this });
    new vpc.SecurityGroupIngressRule(
      `${name}-cloudfront`,
      {
        securityGroupId: group.id,
        description: "CloudFront to the origin, TLS only",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        prefixListId: cloudfront.id,
      },
      { parent: group },
    );
    new vpc.SecurityGroupEgressRule(
      `${name}-pods`,
      {
        securityGroupId: group.id,
        description: "Pods of the services",
        ipProtocol: "tcp",
        fromPort: 1024,
        toPort: 65535,
        cidrIpv4: network.cidrBlock,
      },
      { parent: group },
    );
    this.securityGroupId = group.id;
    this.registerOutputs({ securityGroupId: this.securityGroupId });
  }
}
