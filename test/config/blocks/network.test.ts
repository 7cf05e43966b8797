import { describe, expect, it } from "vitest";

import { networkBlock } from "../../../config/blocks/network.ts";

const right = {
  cidr: "10.30.0.0/16",
  zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
  natGateways: "perZone",
  interfaceEndpoints: ["ecr.api", "sts"],
  flowLogs: { retentionDays: 365, aggregationSeconds: 60 },
};

const problems = (change: object, profile: "standard" | "production" = "production") =>
  networkBlock.judge({ ...right, ...change }, profile).map(({ path, allowed }) => `${path.join(".")}: ${allowed}`);

const size = (longest: number, profile: string) => `cidr: a block from /16 to /${longest} with the profile ${profile}`;

describe("the network block", () => {
  it("accepts production's settings, and the smaller ones of others", () => {
    expect(problems({})).toEqual([]);
    const small = {
      cidr: "192.168.8.0/21",
      zones: ["eu-west-1b", "eu-west-1a"],
      natGateways: "single",
      interfaceEndpoints: [],
      flowLogs: { retentionDays: 30, aggregationSeconds: 600 },
    };
    expect(problems(small, "standard")).toEqual([]);
  });

  it("refuses a block too small for the subnets of all zones, and one that AWS refuses", () => {
    expect(problems({ cidr: "10.30.0.0/18" })).toEqual([]);
    expect(problems({ cidr: "10.30.0.0/19" })).toEqual([size(18, "production")]);
    expect(problems({ cidr: "10.30.0.0/22" }, "standard")).toEqual([size(21, "standard")]);
    expect(problems({ cidr: "10.0.0.0/15" })).toEqual([size(18, "production")]);
  });

  it("refuses addresses that are somebody's on the internet", () => {
    expect(problems({ cidr: "11.0.0.0/16" })).toEqual([
      "cidr: a block inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16",
    ]);
    expect(problems({ cidr: "172.32.0.0/16" })).toEqual([
      "cidr: a block inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16",
    ]);
  });

  it("refuses the block of containers' bridge networks", () => {
    expect(problems({ cidr: "172.17.0.0/18" })).toEqual(["cidr: a block outside 172.17.0.0/16"]);
  });

  it("refuses an address inside a block instead of its first one", () => {
    expect(problems({ cidr: "10.30.5.0/16" })).toEqual(["cidr: 10.30.0.0/16"]);
  });

  it("refuses what is no block or no zone, with an example", () => {
    expect(problems({ cidr: "10.30.0.0" })).toEqual(['cidr: an IPv4 block, for instance "10.20.0.0/16"']);
    expect(problems({ zones: ["eu-west-1a", "b"] })).toEqual([
      'zones.1: an availability zone of the region, for instance "eu-west-1a"',
    ]);
  });

  it("refuses a single zone and a zone named twice", () => {
    expect(problems({ zones: ["eu-west-1a"] })).toEqual(["zones: at least 2 entries"]);
    expect(problems({ zones: ["eu-west-1a", "eu-west-1a"] })).toEqual(["zones.1: each once"]);
  });

  it("refuses an unknown service and one named twice", () => {
    expect(problems({ interfaceEndpoints: ["s4"] })).toEqual([
      expect.stringContaining("interfaceEndpoints.0: one of appconfigdata, autoscaling,"),
    ]);
    expect(problems({ interfaceEndpoints: ["sts", "sts"] })).toEqual(["interfaceEndpoints.1: each once"]);
  });

  it("demands a way out in each zone and a year of flow logs in production only", () => {
    const change = { natGateways: "single", flowLogs: { retentionDays: 180, aggregationSeconds: 60 } };
    expect(problems(change)).toEqual([
      "natGateways: perZone in production",
      "flowLogs.retentionDays: at least 365 (days) in production",
    ]);
    expect(problems(change, "standard")).toEqual([]);
  });

  it("refuses retentions and intervals which AWS does not know, and less than 30 days", () => {
    expect(problems({ flowLogs: { retentionDays: 14, aggregationSeconds: 60 } }, "standard")).toEqual([
      expect.stringContaining("flowLogs.retentionDays: one of 30, 60,"),
    ]);
    expect(problems({ flowLogs: { retentionDays: 365, aggregationSeconds: 300 } })).toEqual([
      "flowLogs.aggregationSeconds: one of 60, 600",
    ]);
  });
});
