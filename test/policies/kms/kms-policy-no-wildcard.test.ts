import { describe, expect, it } from "vitest";

import { kmsPolicyNoWildcard } from "../../../policies/rules/kms/kms-policy-no-wildcard.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const KEY = "aws:kms/key:Key";
const ROOT = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" };
const EVERYONE = { Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:Decrypt", Resource: "*" };
const policy = (...statements: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const open = (position: number) =>
  `policy.Statement[${position}].Principal is everyone (*), required named principals, or a condition that names accounts`;

describe(kmsPolicyNoWildcard.name, () => {
  it.each([
    { title: "accepts the account's root", props: { policy: policy(ROOT) }, findings: [] },
    { title: "accepts an absent policy, which AWS reads as the account's root", props: {}, findings: [] },
    {
      title: "accepts everyone of one account through one service",
      props: { policy: policy({ ...EVERYONE, Condition: { StringEquals: { "kms:CallerAccount": "111122223333" } } }) },
      findings: [],
    },
    {
      title: "accepts that everyone is refused something",
      props: { policy: policy(ROOT, { ...EVERYONE, Effect: "Deny" }) },
      findings: [],
    },
    { title: "rejects everyone", props: { policy: policy(ROOT, EVERYONE) }, findings: [open(1)] },
    {
      title: "rejects everyone in the short form and in a list",
      props: { policy: policy({ ...EVERYONE, Principal: "*" }, { ...EVERYONE, Principal: { AWS: ["*"] } }) },
      findings: [open(0), open(1)],
    },
    {
      title: "rejects everyone but one",
      props: {
        policy: policy({ Effect: "Allow", NotPrincipal: ROOT.Principal, Action: "kms:Decrypt", Resource: "*" }),
      },
      findings: [open(0)],
    },
    {
      title: "rejects a condition that does not say who",
      props: { policy: policy({ ...EVERYONE, Condition: { Bool: { "aws:SecureTransport": "true" } } }) },
      findings: [open(0)],
    },
    {
      title: "rejects a condition that excludes instead of naming, and one that everyone fulfils",
      props: {
        policy: policy(
          { ...EVERYONE, Condition: { StringNotEquals: { "kms:CallerAccount": "444455556666" } } },
          { ...EVERYONE, Condition: { StringLike: { "aws:PrincipalArn": "*" } } },
        ),
      },
      findings: [open(0), open(1)],
    },
    {
      title: "rejects a policy that may lock everybody out",
      props: { policy: policy(ROOT), bypassPolicyLockoutSafetyCheck: true },
      findings: [
        "bypassPolicyLockoutSafetyCheck is true, required false: AWS then refuses a policy that locks everybody out",
      ],
    },
    {
      title: "is undetermined while the policy is unknown",
      props: { policy: UNKNOWN },
      findings: ["undetermined: policy"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(kmsPolicyNoWildcard, KEY, props)).toEqual(findings);
  });

  it("judges policies that stand beside their key", async () => {
    expect(await evaluate(kmsPolicyNoWildcard, "aws:kms/keyPolicy:KeyPolicy", { policy: policy(EVERYONE) })).toEqual([
      open(0),
    ]);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(kmsPolicyNoWildcard, "aws:kms/alias:Alias", { policy: policy(EVERYONE) })).toEqual([]);
  });
});
