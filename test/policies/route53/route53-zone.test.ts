import { describe, expect, it } from "vitest";

import { route53Zone } from "../../../policies/rules/route53/route53-zone.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const zone = (props: Record<string, unknown> = {}, name = "zone") => ({
  type: "aws:route53/zone:Zone",
  name,
  props: { name: "example.com", ...props },
});
const queries = { type: "aws:route53/queryLog:QueryLog", name: "queries", refers: { zoneId: ["zone"] } };

describe(route53Zone.name, () => {
  it("accepts a zone whose questions are on record", async () => {
    expect(await evaluateStack(route53Zone, [zone({ forceDestroy: false }), queries])).toEqual([]);
  });

  it("accepts a private zone, of which Route 53 logs nothing", async () => {
    expect(await evaluateStack(route53Zone, [zone({ vpcs: [{ vpcId: "vpc-1" }] })])).toEqual([]);
  });

  it("rejects a public zone without records", async () => {
    expect(await evaluateStack(route53Zone, [zone()])).toEqual(["zone: (query log) is nothing, required a QueryLog"]);
  });

  it("does not take another zone's records for its own", async () => {
    expect(await evaluateStack(route53Zone, [zone(), zone({}, "other"), queries])).toEqual([
      "other: (query log) is nothing, required a QueryLog",
    ]);
  });

  it("rejects a zone that goes with all its records", async () => {
    expect(await evaluateStack(route53Zone, [zone({ forceDestroy: true }), queries])).toEqual([
      "zone: forceDestroy is true, required false or absent",
    ]);
  });

  it("is undetermined while the switch is unknown", async () => {
    expect(await evaluateStack(route53Zone, [zone({ forceDestroy: UNKNOWN }), queries])).toEqual([
      "undetermined: forceDestroy",
    ]);
  });

  it("leaves a stack without zones alone", async () => {
    expect(await evaluateStack(route53Zone, [{ type: "aws:s3/bucket:Bucket", name: "bucket" }])).toEqual([]);
  });
});
