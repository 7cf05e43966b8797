import { describe, expect, it } from "vitest";

import { eksSecretsCmk } from "../../../policies/rules/eks/eks-secrets-cmk.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:eks/cluster:Cluster";
const provider = { keyArn: "arn:aws:kms:eu-west-1:111122223333:key/1" };

describe(eksSecretsCmk.name, () => {
  it.each([
    {
      title: "accepts secrets under a customer key",
      props: { encryptionConfig: { resources: ["secrets"], provider } },
      findings: [],
    },
    {
      title: "accepts a key that is made in the same deployment",
      props: { encryptionConfig: { resources: ["secrets"], provider: { keyArn: UNKNOWN } } },
      findings: [],
    },
    {
      title: "rejects a configuration that leaves secrets out",
      props: { encryptionConfig: { resources: [], provider } },
      findings: ["encryptionConfig.resources is [], required secrets"],
    },
    {
      title: "rejects a configuration without key",
      props: { encryptionConfig: { resources: ["secrets"], provider: {} } },
      findings: ["encryptionConfig.provider.keyArn is nothing, required the ARN of a customer key"],
    },
    {
      title: "rejects an absent configuration",
      props: {},
      findings: ["encryptionConfig is nothing, required a customer key for secrets"],
    },
    {
      title: "is undetermined while the configuration is unknown",
      props: { encryptionConfig: UNKNOWN },
      findings: ["undetermined: encryptionConfig"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(eksSecretsCmk, CLUSTER, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(eksSecretsCmk, "aws:ecs/cluster:Cluster", {})).toEqual([]);
  });
});
