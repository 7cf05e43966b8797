import { describe, expect, it } from "vitest";

import { secretCmk } from "../../../policies/rules/secretsmanager/secret-cmk.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const SECRET = "aws:secretsmanager/secret:Secret";
const OWN = "kmsKeyId is AWS' own key, required the ARN of a customer key";

describe(secretCmk.name, () => {
  it.each([
    {
      title: "accepts a customer key by ARN",
      props: { kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1" },
      findings: [],
    },
    { title: "accepts a customer key by alias", props: { kmsKeyId: "alias/preflight-staging-secrets" }, findings: [] },
    {
      title: "rejects an absent key",
      props: {},
      findings: ["kmsKeyId is nothing, which AWS reads as its own key, required the ARN of a customer key"],
    },
    { title: "rejects AWS' own key by alias", props: { kmsKeyId: "alias/aws/secretsmanager" }, findings: [OWN] },
    {
      title: "rejects AWS' own key by the alias' ARN",
      props: { kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:alias/aws/secretsmanager" },
      findings: [OWN],
    },
    { title: "rejects an empty key", props: { kmsKeyId: "" }, findings: [OWN] },
    {
      title: "is undetermined while the key is unknown",
      props: { kmsKeyId: UNKNOWN },
      findings: ["undetermined: kmsKeyId"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(secretCmk, SECRET, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(secretCmk, "aws:secretsmanager/secretVersion:SecretVersion", {})).toEqual([]);
  });
});
