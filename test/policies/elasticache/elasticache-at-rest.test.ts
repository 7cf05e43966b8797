import { describe, expect, it } from "vitest";

import { elasticacheAtRest } from "../../../policies/rules/elasticache/elasticache-at-rest.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const NO_KEY = "kmsKeyId is nothing, which AWS reads as its own key, required the ARN of a customer key";

describe(elasticacheAtRest.name, () => {
  it.each([
    {
      title: "accepts encryption with a customer key",
      props: { atRestEncryptionEnabled: true, kmsKeyId: "arn:key" },
      findings: [],
    },
    {
      title: "accepts an absent switch for valkey, which AWS reads as on",
      props: { engine: "valkey", kmsKeyId: "arn:key" },
      findings: [],
    },
    {
      title: "rejects an absent switch for redis, which AWS reads as off",
      props: { engine: "redis", kmsKeyId: "arn:key" },
      findings: ["atRestEncryptionEnabled is nothing, required true"],
    },
    {
      title: "reads an absent engine as redis",
      props: { kmsKeyId: "arn:key" },
      findings: ["atRestEncryptionEnabled is nothing, required true"],
    },
    {
      title: "rejects encryption switched off",
      props: { engine: "valkey", atRestEncryptionEnabled: false, kmsKeyId: "arn:key" },
      findings: ["atRestEncryptionEnabled is false, required true"],
    },
    { title: "rejects AWS' own key", props: { atRestEncryptionEnabled: true }, findings: [NO_KEY] },
    {
      title: "accepts a key of the same deployment",
      props: { atRestEncryptionEnabled: true, kmsKeyId: UNKNOWN },
      findings: [],
    },
    {
      title: "is undetermined while the switch is unknown",
      props: { atRestEncryptionEnabled: UNKNOWN },
      findings: ["undetermined: atRestEncryptionEnabled"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(elasticacheAtRest, GROUP, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(elasticacheAtRest, "aws:elasticache/user:User", {})).toEqual([]);
  });
});
