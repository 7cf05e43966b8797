import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";

import { Network } from "../../../components/network/network.ts";
import type { NetworkSettings } from "../../../config/blocks/network.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const SETTINGS: NetworkSettings = {
  cidr: "10.20.0.0/16",
  zones: ["eu-west-1b", "eu-west-1a"],
  natGateways: "single",
  interfaceEndpoints: [],
  flowLogs: { retentionDays: 30, aggregationSeconds: 600 },
};
const KEYS = { arns: { logs: pulumi.output("arn:aws:kms:eu-west-1:111122223333:key/logs") } };
const PLACED = [
  "aws:ec2/subnet:Subnet",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/eip:Eip",
  "aws:ec2/routeTable:RouteTable",
];

const networkOf = (change: Partial<NetworkSettings>) =>
  deploy(() => new Network("network", { environment: ENVIRONMENT, settings: { ...SETTINGS, ...change }, keys: KEYS }));

/** What would be replaced if it changed: inputs of everything that has a place, by type and name. */
const placed = (resources: readonly Registered[]) =>
  new Map(
    resources.filter(({ type }) => PLACED.includes(type)).map(({ type, name, inputs }) => [`${type} ${name}`, inputs]),
  );

function expectKept(before: readonly Registered[], after: readonly Registered[]): void {
  const later = placed(after);
  for (const [resource, inputs] of placed(before)) expect(later.get(resource), resource).toEqual(inputs);
}

describe("a network that changes", () => {
  it("has a single way out in the first zone, which every zone uses", async () => {
    const all = await networkOf({});
    expect(ofType(all, "aws:ec2/natGateway:NatGateway").map(({ name }) => name)).toEqual(["network-nat-b"]);
    const out = ["a", "b"].map(
      (letter) => only(all, "aws:ec2/route:Route", `network-private-${letter}`).inputs["natGatewayId"],
    );
    expect(new Set(out).size).toBe(1);
  });

  it("has no security group for endpoints that nobody asked for, and still those of S3 and DynamoDB", async () => {
    const all = await networkOf({});
    expect(ofType(all, "aws:ec2/securityGroup:SecurityGroup")).toEqual([]);
    expect(
      ofType(all, "aws:ec2/vpcEndpoint:VpcEndpoint")
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(["network-dynamodb", "network-s3"]);
  });

  it("keeps everything in its place when a zone is added", async () => {
    expectKept(await networkOf({}), await networkOf({ zones: ["eu-west-1b", "eu-west-1a", "eu-west-1c"] }));
  });

  it("keeps everything in its place when each zone gets a way out of its own", async () => {
    expectKept(await networkOf({}), await networkOf({ natGateways: "perZone" }));
  });
});
