import { describe, expect, it } from "vitest";

import { iamTrustNarrow } from "../../../policies/rules/iam/iam-trust-narrow.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const ROLE = "aws:iam/role:Role";
const ROOT = "arn:aws:iam::111122223333:root";

const trust = (statement: object) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", ...statement }] });

describe(iamTrustNarrow.name, () => {
  it.each([
    { title: "accepts a service", document: trust({ Principal: { Service: "ec2.amazonaws.com" } }), findings: [] },
    {
      title: "accepts a named role",
      document: trust({ Principal: { AWS: "arn:aws:iam::111122223333:role/deployer" } }),
      findings: [],
    },
    {
      title: "accepts an account under a condition",
      document: trust({ Principal: { AWS: ROOT }, Condition: { StringEquals: { "sts:ExternalId": "partner-17" } } }),
      findings: [],
    },
    { title: "accepts a denial for everyone", document: trust({ Effect: "Deny", Principal: "*" }), findings: [] },
    {
      title: "rejects an account without a condition",
      document: trust({ Principal: { AWS: [ROOT, "444455556666"] } }),
      findings: [
        `assumeRolePolicy.Statement[0].Condition is nothing, for the whole account ${ROOT}, required a condition that says who of the account`,
        "assumeRolePolicy.Statement[0].Condition is nothing, for the whole account 444455556666, required a condition that says who of the account",
      ],
    },
    {
      title: "rejects a condition that everyone satisfies",
      document: trust({ Principal: { AWS: ROOT }, Condition: { ArnLike: { "aws:PrincipalArn": "*" } } }),
      findings: [
        `assumeRolePolicy.Statement[0].Condition is nothing, for the whole account ${ROOT}, required a condition that says who of the account`,
      ],
    },
    {
      title: "rejects everyone, in either spelling and under a condition",
      document: JSON.stringify({
        Statement: [
          { Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" },
          {
            Effect: "Allow",
            Action: "sts:AssumeRole",
            Principal: { AWS: "*" },
            Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
          },
        ],
      }),
      findings: [
        "assumeRolePolicy.Statement[0].Principal is AWS *, required named principals",
        "assumeRolePolicy.Statement[1].Principal is AWS *, required named principals",
      ],
    },
    {
      title: "rejects everyone but somebody",
      document: { Statement: { Effect: "Allow", Action: "sts:AssumeRole", NotPrincipal: { AWS: ROOT } } },
      findings: ["assumeRolePolicy.Statement[0].Principal is AWS *, required named principals"],
    },
    {
      title: "rejects a document without principal",
      document: trust({}),
      findings: [
        "assumeRolePolicy is a malformed document (Statement[0] has no Principal), required a policy document that IAM accepts",
      ],
    },
    {
      title: "is undetermined while the document is unknown",
      document: UNKNOWN,
      findings: ["undetermined: assumeRolePolicy"],
    },
  ])("$title", async ({ document, findings }) => {
    expect(await evaluate(iamTrustNarrow, ROLE, { assumeRolePolicy: document })).toEqual(findings);
  });

  it("rejects a role without a document", async () => {
    expect(await evaluate(iamTrustNarrow, ROLE, {})).toEqual([
      "assumeRolePolicy is a malformed document (neither an object nor JSON of one), required a policy document that IAM accepts",
    ]);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(iamTrustNarrow, "aws:kms/key:Key", { assumeRolePolicy: trust({ Principal: "*" }) })).toEqual(
      [],
    );
  });
});
