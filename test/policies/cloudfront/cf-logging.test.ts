import { describe, expect, it } from "vitest";

import { cfLogging } from "../../../policies/rules/cloudfront/cf-logging.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const site = (props: Record<string, unknown> = {}) => ({
  type: "aws:cloudfront/distribution:Distribution",
  name: "site",
  props,
});
const source = (of: string) => ({
  type: "aws:cloudwatch/logDeliverySource:LogDeliverySource",
  name: "source",
  refers: { resourceArn: [of] },
});
const delivery = {
  type: "aws:cloudwatch/logDelivery:LogDelivery",
  name: "delivery",
  refers: { deliverySourceName: ["source"] },
};

describe(cfLogging.name, () => {
  it("accepts a distribution whose records are delivered", async () => {
    expect(await evaluateStack(cfLogging, [site(), source("site"), delivery])).toEqual([]);
  });

  it("accepts the first generation of records", async () => {
    expect(await evaluateStack(cfLogging, [site({ loggingConfig: { bucket: "records" } })])).toEqual([]);
  });

  it("rejects a distribution without records", async () => {
    expect(await evaluateStack(cfLogging, [site()])).toEqual([
      "site: (access logs) is nothing, required a source of log deliveries",
    ]);
  });

  it("rejects a source from which nothing is delivered", async () => {
    expect(await evaluateStack(cfLogging, [site(), source("site")])).toEqual([
      "site: (access logs) is a source from which nothing is delivered, required a LogDelivery from the source",
    ]);
  });

  it("does not take another distribution's records for its own", async () => {
    const other = { type: "aws:cloudfront/distribution:Distribution", name: "other", props: {} };
    expect(await evaluateStack(cfLogging, [site(), other, source("other"), delivery])).toEqual([
      "site: (access logs) is nothing, required a source of log deliveries",
    ]);
  });

  it("is undetermined while what the distribution says is unknown", async () => {
    expect(await evaluateStack(cfLogging, [site({ loggingConfig: UNKNOWN })])).toEqual(["undetermined: loggingConfig"]);
  });

  it("leaves a stack without distributions alone", async () => {
    expect(await evaluateStack(cfLogging, [{ type: "aws:s3/bucket:Bucket", name: "bucket" }])).toEqual([]);
  });
});
