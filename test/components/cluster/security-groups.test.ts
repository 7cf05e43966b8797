import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Network } from "../../../components/network/network.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { makeCluster } from "../../support/cluster-program.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(() => {
    const network = new Network("network", {
      environment: ENVIRONMENT,
      settings: {
        cidr: "10.20.0.0/16",
        zones: ["eu-west-1a", "eu-west-1b"],
        natGateways: "perZone",
        interfaceEndpoints: ["sts"],
        flowLogs: { retentionDays: 30, aggregationSeconds: 600 },
      },
      keys: { arns: { logs: pulumi.output("arn:aws:kms:eu-west-1:111122223333:key/logs") } },
    });
    makeCluster({}, network);
  });
});

describe("A cluster in its network", () => {
  it("keeps the nodes' way out until the last of them is gone: controllers clean up in AWS through it", () => {
    const groups = ofType(resources, "aws:eks/nodeGroup:NodeGroup");
    expect(groups).toHaveLength(2);
    const ways = ["network-private-a", "network-private-b", "network-private", "network-s3", "network-sts"];
    for (const { dependsOn } of groups) expect(dependsOn).toEqual(expect.arrayContaining(ways));
    for (const letter of ["a", "b"]) {
      expect(only(resources, "aws:ec2/route:Route", `network-private-${letter}`).dependsOn).toContain(
        `network-nat-${letter}`,
      );
    }
  });

  it("keeps the door of an endpoint open as long as its name leads there", () => {
    expect(only(resources, "aws:ec2/vpcEndpoint:VpcEndpoint", "network-sts").dependsOn).toContain("network-endpoints");
  });

  it("has the control plane in the isolated subnets and nodes in the private ones", () => {
    const subnets = (tier: string) =>
      ["a", "b"].map((letter) => only(resources, "aws:ec2/subnet:Subnet", `network-${tier}-${letter}`).name);
    expect(only(resources, "aws:eks/cluster:Cluster").dependsOn).toEqual(expect.arrayContaining(subnets("isolated")));
    expect(only(resources, "aws:eks/cluster:Cluster").dependsOn).not.toContain("network-private-a");
  });
});
