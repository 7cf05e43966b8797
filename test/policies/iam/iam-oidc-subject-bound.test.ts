import { describe, expect, it } from "vitest";

import { iamOidcSubjectBound } from "../../../policies/rules/iam/iam-oidc-subject-bound.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const ROLE = "aws:iam/role:Role";
const GITHUB = "token.actions.githubusercontent.com";
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${GITHUB}`;
const AUD = { [`${GITHUB}:aud`]: "sts.amazonaws.com" };
const BRANCH = "repo:example/shop:ref:refs/heads/main";

const trust = (Condition: object, Federated = PROVIDER) =>
  JSON.stringify({
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated }, Condition }],
  });
const claim = (name: string, issuer = GITHUB) => `assumeRolePolicy.Statement[0].Condition for ${issuer}:${name}`;
const tooWide = (subject: string) => [
  `${claim("sub")} is ${subject}, required a subject whose owner or namespace is named`,
];

describe(iamOidcSubjectBound.name, () => {
  it.each([
    {
      title: "accepts audience and subject",
      document: trust({ StringEquals: { ...AUD, [`${GITHUB}:sub`]: BRANCH } }),
      findings: [],
    },
    {
      title: "accepts a wildcard behind the owner",
      document: trust({ StringEquals: AUD, StringLike: { [`${GITHUB}:sub`]: "repo:example/*" } }),
      findings: [],
    },
    {
      title: "accepts SAML, which has no subject",
      document: trust({}, "arn:aws:iam::111122223333:saml-provider/corp"),
      findings: [],
    },
    {
      title: "accepts claims of a provider whose ARN does not tell its issuer",
      document: trust(
        { StringEquals: { "issuer:aud": "sts.amazonaws.com", "issuer:sub": "system:serviceaccount:apps:api" } },
        "made-by-the-stack",
      ),
      findings: [],
    },
    {
      title: "rejects a wildcard before the owner",
      document: trust({ StringEquals: AUD, StringLike: { [`${GITHUB}:sub`]: "repo:*:ref:refs/heads/main" } }),
      findings: tooWide("repo:*:ref:refs/heads/main"),
    },
    {
      title: "rejects any namespace, and any subject in a list",
      document: trust({
        StringEquals: AUD,
        StringLike: { [`${GITHUB}:sub`]: [BRANCH, "system:serviceaccount:*:api", "*"] },
      }),
      findings: [...tooWide("system:serviceaccount:*:api"), ...tooWide("*")],
    },
    {
      title: "rejects conditions that hold without the claim",
      document: trust({
        StringEquals: AUD,
        StringLikeIfExists: { [`${GITHUB}:sub`]: BRANCH },
        "ForAllValues:StringEquals": { [`${GITHUB}:sub`]: BRANCH },
      }),
      findings: [`${claim("sub")} is nothing, required the subjects that may become the role`],
    },
    {
      title: "rejects the claims of another issuer",
      document: trust({ StringEquals: { "other.example.com:aud": "x", "other.example.com:sub": BRANCH } }),
      findings: [
        `${claim("sub")} is nothing, required the subjects that may become the role`,
        `${claim("aud")} is nothing, required the audience`,
      ],
    },
    {
      title: "rejects a subject without audience",
      document: trust({ StringEquals: { [`${GITHUB}:sub`]: BRANCH } }),
      findings: [`${claim("aud")} is nothing, required the audience`],
    },
    {
      title: "is undetermined while the document is unknown",
      document: UNKNOWN,
      findings: ["undetermined: assumeRolePolicy"],
    },
  ])("$title", async ({ document, findings }) => {
    expect(await evaluate(iamOidcSubjectBound, ROLE, { assumeRolePolicy: document })).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(iamOidcSubjectBound, "aws:iam/policy:Policy", { assumeRolePolicy: trust({}) })).toEqual([]);
  });
});
