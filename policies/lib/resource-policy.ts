import type { Condition, Statement } from "./iam-document.ts";
import { allowedBy, narrows } from "./iam-document.ts";
import type { Report } from "./rule.ts";

/** Condition keys that say who asks, in lower case. Others (TLS, a region, an address) leave every account in. */
const WHO = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourceowner",
  "kms:calleraccount",
]);

/** Whether a condition lets only named accounts or resources in: a comparison that must hold, and not with everything. */
function namesWho(condition: Condition): boolean {
  const positive = /^(?:ForAnyValue:)?(?:String|Arn)(?:Equals|Like|EqualsIgnoreCase)$/.test(condition.operator);
  return positive && WHO.has(condition.key.toLowerCase()) && narrows(condition);
}

/**
 * Reports each statement of a resource's policy that lets everyone in: `*` as principal without a condition that says
 * who. Deny statements take nothing but rights, so they may name everyone.
 */
export function reportOpenStatements(value: unknown, property: string, report: Report): void {
  const open = ({ principals, conditions }: Statement) => principals.some(({ value: who }) => who === "*") && !conditions.some(namesWho);
  for (const { path } of allowedBy(value, property, "trust", report).filter(open)) {
    report({ property: `${path}.Principal`, found: "everyone (*)", required: "named principals, or a condition that names accounts" });
  }
}
