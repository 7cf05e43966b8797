import { describe, expect, it } from "vitest";

import { rdsCmk } from "../../../policies/rules/rds/rds-cmk.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/instance:Instance";

describe(rdsCmk.name, () => {
  it.each([
    {
      title: "accepts a cluster with a key",
      type: CLUSTER,
      props: { kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1" },
      findings: [],
    },
    {
      title: "accepts a key that is not known yet: presence decides",
      type: INSTANCE,
      props: { kmsKeyId: UNKNOWN },
      findings: [],
    },
    {
      title: "accepts a replica, which has its source's key",
      type: INSTANCE,
      props: { replicateSourceDb: UNKNOWN },
      findings: [],
    },
    {
      title: "rejects a cluster without a key",
      type: CLUSTER,
      props: { storageEncrypted: true },
      findings: ["kmsKeyId is nothing, which AWS reads as its own key, required the ARN of a customer managed key"],
    },
    {
      title: "rejects a server without a key",
      type: INSTANCE,
      props: {},
      findings: ["kmsKeyId is nothing, which AWS reads as its own key, required the ARN of a customer managed key"],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(rdsCmk, type, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(rdsCmk, "aws:rds/clusterInstance:ClusterInstance", {})).toEqual([]);
  });
});
