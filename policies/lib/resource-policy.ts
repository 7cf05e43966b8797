import type { Condition, Statement } from "./iam-document.ts";
import { allowedBy, includes, narrows } from "./iam-document.ts";
import type { Report } from "./rule.ts";

/** Condition keys that identify the caller, in lower case. Others (TLS, a region, an address) leave every account in. */
const CALLER_KEYS = new Set([
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
function identifiesCaller(condition: Condition): boolean {
  const positive = /^(?:ForAnyValue:)?(?:String|Arn)(?:Equals|Like|EqualsIgnoreCase)$/.test(condition.operator);
  return positive && CALLER_KEYS.has(condition.key.toLowerCase()) && narrows(condition);
}

/**
 * Reports each statement of a resource's policy that lets everyone in: `*` as principal without a condition that identifies
 * the caller. Deny statements take nothing but rights, so they may name everyone.
 */
export function reportOpenStatements(value: unknown, property: string, report: Report): void {
  const open = ({ principals, conditions }: Statement) =>
    principals.some(({ value: who }) => who === "*") && !conditions.some(identifiesCaller);
  for (const { path } of allowedBy(value, property, "trust", report).filter(open)) {
    report({
      property: `${path}.Principal`,
      found: "everyone (*)",
      required: "named principals, or a condition that names accounts",
    });
  }
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The statements of a document that {@link allowedBy} found well-formed; [] for any other. */
function statementsOf(value: unknown): readonly Json[] {
  let document = value;
  if (typeof value === "string") {
    try {
      document = JSON.parse(value);
    } catch {
      return [];
    }
  }
  const statements = isObject(document) ? document["Statement"] : [];
  return (Array.isArray(statements) ? statements : [statements]).filter(isObject);
}

const isEveryone = (principal: unknown) =>
  principal === "*" || (isObject(principal) && [principal["AWS"]].flat().includes("*"));

/** Whether the only condition is that the call came without TLS. */
function onlyWithoutTls(condition: unknown): boolean {
  if (!isObject(condition) || Object.keys(condition).length !== 1) return false;
  const test = condition["Bool"];
  return (
    isObject(test) &&
    Object.keys(test).length === 1 &&
    ["false", false].some((off) => [test["aws:SecureTransport"]].flat().includes(off))
  );
}

/** Whether a resource's policy refuses `action` to everybody who calls without TLS. Judge the document's form first. */
export function refusesWithoutTls(value: unknown, action: string): boolean {
  return statementsOf(value).some(
    ({ Effect, Principal, Action, Condition }) =>
      Effect === "Deny" &&
      isEveryone(Principal) &&
      onlyWithoutTls(Condition) &&
      [Action].flat().some((pattern) => typeof pattern === "string" && includes(pattern, action)),
  );
}
