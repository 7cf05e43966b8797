import { describe, expect, it } from "vitest";

import { rdsStorageEncrypted } from "../../../policies/rules/rds/rds-storage-encrypted.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/instance:Instance";

describe(rdsStorageEncrypted.name, () => {
  it.each([
    { title: "accepts an encrypted cluster", type: CLUSTER, props: { storageEncrypted: true }, findings: [] },
    { title: "accepts an encrypted server", type: INSTANCE, props: { storageEncrypted: true }, findings: [] },
    {
      title: "rejects encryption switched off",
      type: CLUSTER,
      props: { storageEncrypted: false },
      findings: ["storageEncrypted is false, required true"],
    },
    {
      title: "rejects an absent switch, which AWS reads as off",
      type: INSTANCE,
      props: {},
      findings: ["storageEncrypted is nothing, required true"],
    },
    {
      title: "is undetermined while the switch is unknown",
      type: CLUSTER,
      props: { storageEncrypted: UNKNOWN },
      findings: ["undetermined: storageEncrypted"],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(rdsStorageEncrypted, type, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(rdsStorageEncrypted, "aws:rds/clusterInstance:ClusterInstance", {})).toEqual([]);
  });
});
