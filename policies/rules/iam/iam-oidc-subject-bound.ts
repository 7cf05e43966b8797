import type { RoleArgs } from "@pulumi/aws/iam/index.js";

import { show } from "../../../core/finding.ts";
import type { Condition } from "../../lib/iam-document.ts";
import { allowedBy } from "../../lib/iam-document.ts";
import { resourceRule } from "../../lib/rule.ts";

/** What must stand before the first wildcard of a subject, by the issuer's way of writing subjects: owner, namespace. */
const NAMED = [
  { form: /^repo:/i, named: /^repo:[^/*?]+\// },
  { form: /^system:serviceaccount:/i, named: /^system:serviceaccount:[^:*?]+:/ },
  { form: /^/, named: /^[^*?]/ },
];

/** Operators that demand the key; those with IfExists or ForAllValues hold when the token lacks it. */
const DEMANDS = /^(?:ForAnyValue:)?String(?:Equals|EqualsIgnoreCase|Like)$/i;

const isBound = (subject: string) => NAMED.find(({ form }) => form.test(subject))?.named.test(subject) ?? false;

/** What the conditions demand of a claim. The provider's own name is checked where its ARN tells it. */
function demanded(
  conditions: readonly Condition[],
  issuer: string | undefined,
  claim: "aud" | "sub",
): readonly string[] {
  return conditions
    .filter(
      ({ operator, key }) =>
        DEMANDS.test(operator) && (issuer === undefined ? key.endsWith(`:${claim}`) : key === `${issuer}:${claim}`),
    )
    .flatMap(({ values }) => values);
}

export const iamOidcSubjectBound = resourceRule<RoleArgs>({
  name: "iam-oidc-subject-bound",
  description:
    "A role for tokens of an identity provider demands their audience and subject: else any workflow or pod that the provider knows can become it.",
  severity: "high",
  checklist: ["COMP-04", "DEPL-01"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
  remediation:
    "Add StringEquals conditions on <issuer>:aud and <issuer>:sub; before a wildcard in sub stands at least owner/ or namespace.",
  types: ["aws:iam/role:Role"],
  check(role, report) {
    for (const { path, principals, conditions } of allowedBy(
      role.assumeRolePolicy,
      "assumeRolePolicy",
      "trust",
      report,
    )) {
      // SAML has no subject; its audience is part of AWS' own endpoint.
      for (const { value } of principals.filter(
        ({ kind, value: provider }) => kind === "Federated" && !provider.includes(":saml-provider/"),
      )) {
        const issuer = /:oidc-provider\/(.+)$/.exec(value)?.[1];
        const subjects = demanded(conditions, issuer, "sub");
        const claim = (name: string) => `${path}.Condition for ${issuer ?? "the issuer"}:${name}`;
        if (subjects.length === 0)
          report({ property: claim("sub"), found: "nothing", required: "the subjects that may become the role" });
        for (const subject of subjects.filter((text) => !isBound(text))) {
          report({
            property: claim("sub"),
            found: show(subject),
            required: "a subject whose owner or namespace is named",
          });
        }
        if (demanded(conditions, issuer, "aud").length === 0)
          report({ property: claim("aud"), found: "nothing", required: "the audience" });
      }
    }
  },
});
