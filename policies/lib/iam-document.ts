import type { PolicyArgs, RoleArgs } from "@pulumi/aws/iam/index.js";
import type { Unwrap } from "@pulumi/pulumi";

import { show } from "../../core/finding.ts";
import type { Report } from "./rule.ts";
import { UNKNOWN_SENTINELS, UNKNOWN_STRING, UnknownValueError } from "./sdk.ts";

/** `permissions` says what its bearer may do, `trust` who may become a role: each needs elements that the other may not have. */
export type DocumentKind = "permissions" | "trust";

/** Action, resource or principal of a statement. */
export interface Element {
  /** The key in the document: `Action` or `NotAction`, and so on. */
  readonly key: string;
  /** As written; a single value is a list of one. */
  readonly values: readonly string[];
  /** What it lets through: the values, or everything for a Not-element, which grants what nobody listed. */
  readonly patterns: readonly string[];
}

export interface Principal {
  /** `AWS`, `Service`, `Federated`, `CanonicalUser`. */
  readonly kind: string;
  /** ARN, account, service or provider; `*` is everyone. */
  readonly value: string;
}

/** One test of a statement's condition: the statement holds when each of them does. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A statement that allows something. */
export interface Statement {
  /** Where it stands, for instance `policy.Statement[0]`. */
  readonly path: string;
  readonly action: Element;
  /** Empty in a trust document. */
  readonly resource: Element;
  /** Empty in permissions. A NotPrincipal is everyone. */
  readonly principals: readonly Principal[];
  readonly conditions: readonly Condition[];
}

const NOTHING: Element = { key: "", values: [], patterns: [] };

/** What is wrong with a document, in words that repeat none of it. */
class Malformed extends Error {}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A single value is a list of one, everywhere in IAM. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function textsOf(value: unknown, what: string): readonly string[] {
  const items = listOf(value);
  if (items.length === 0) throw new Malformed(`${what} is an empty list`);
  return items.map((item) => {
    if (typeof item === "string") return item;
    throw new Malformed(`${what} holds something other than text`);
  });
}

/** The element `key` or its opposite; a statement must have exactly one. */
function elementOf(statement: Json, key: string, where: string): Element {
  const opposite = `Not${key}`;
  if (key in statement && opposite in statement) throw new Malformed(`${where} has both ${key} and ${opposite}`);
  if (opposite in statement)
    return { key: opposite, values: textsOf(statement[opposite], `${where}.${opposite}`), patterns: ["*"] };
  if (!(key in statement)) throw new Malformed(`${where} has no ${key}`);
  const values = textsOf(statement[key], `${where}.${key}`);
  return { key, values, patterns: values };
}

function principalsOf(statement: Json, where: string): readonly Principal[] {
  if ("NotPrincipal" in statement) return [{ kind: "AWS", value: "*" }];
  const principal = statement["Principal"];
  if (principal === "*") return [{ kind: "AWS", value: "*" }];
  if (!isObject(principal)) throw new Malformed(`${where} has no Principal`);
  return Object.keys(principal).flatMap((kind) =>
    textsOf(principal[kind], `${where}.Principal.${kind}`).map((value) => ({ kind, value })),
  );
}

function conditionsOf(statement: Json, where: string): readonly Condition[] {
  const condition = statement["Condition"];
  if (condition === undefined) return [];
  if (!isObject(condition)) throw new Malformed(`${where}.Condition is no object`);
  return Object.keys(condition).flatMap((operator) => {
    const tests = condition[operator];
    if (!isObject(tests)) throw new Malformed(`${where}.Condition.${operator} is no object`);
    return Object.keys(tests).map((key) => ({ operator, key, values: listOf(tests[key]).map(String) }));
  });
}

function parseStatement(statement: unknown, path: string, where: string, kind: DocumentKind): Statement | undefined {
  if (!isObject(statement)) throw new Malformed(`${where} is no object`);
  const effect = statement["Effect"];
  if (effect !== "Allow" && effect !== "Deny") throw new Malformed(`${where}.Effect is neither Allow nor Deny`);
  const parsed = {
    path,
    action: elementOf(statement, "Action", where),
    resource: kind === "permissions" ? elementOf(statement, "Resource", where) : NOTHING,
    principals: kind === "trust" ? principalsOf(statement, where) : [],
    conditions: conditionsOf(statement, where),
  };
  return effect === "Allow" ? parsed : undefined;
}

/** The document as an object. The SDK sees an unknown only where it is a whole value, so texts are searched for them. */
function read(value: unknown, property: string): Json {
  if (typeof value === "string") {
    if (UNKNOWN_SENTINELS.some((sentinel) => value.includes(sentinel)))
      throw new UnknownValueError(UNKNOWN_STRING, [property]);
    try {
      const parsed: unknown = JSON.parse(value);
      if (isObject(parsed)) return parsed;
    } catch {
      throw new Malformed("text that is no JSON");
    }
  }
  if (isObject(value)) return value;
  throw new Malformed("neither an object nor JSON of one");
}

/**
 * The statements of a document that allow something; the document may be JSON or an object. A document that IAM would
 * refuse, or that cannot be understood, is reported: nobody can say what it grants.
 */
export function allowedBy(value: unknown, property: string, kind: DocumentKind, report: Report): readonly Statement[] {
  try {
    const document = read(value, property);
    if (!("Statement" in document)) throw new Malformed("a document without Statement");
    return listOf(document["Statement"]).flatMap(
      (statement, index) =>
        parseStatement(statement, `${property}.Statement[${index}]`, `Statement[${index}]`, kind) ?? [],
    );
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    report({
      property,
      found: `a malformed document (${error.message})`,
      required: "a policy document that IAM accepts",
      fix: "Mend the document.",
    });
    return [];
  }
}

/** Resources that carry permissions, and where. */
export const PERMISSION_TYPES = [
  "aws:iam/groupPolicy:GroupPolicy",
  "aws:iam/policy:Policy",
  "aws:iam/role:Role",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
] as const;

/** What {@link PERMISSION_TYPES} have in common: a role has inline policies, the others one policy. */
export type PermissionArgs = Partial<Pick<PolicyArgs, "policy">> & Pick<RoleArgs, "inlinePolicies">;

/** Every statement of a resource that allows something. An absent policy grants nothing; where it is required AWS refuses. */
export function permissionsOf(props: Unwrap<PermissionArgs>, report: Report): readonly Statement[] {
  const own = "policy" in props ? allowedBy(props.policy, "policy", "permissions", report) : [];
  const inline = (props.inlinePolicies ?? []).flatMap((entry, index) =>
    "policy" in entry ? allowedBy(entry.policy, `inlinePolicies[${index}].policy`, "permissions", report) : [],
  );
  return [...own, ...inline];
}

/** A statement's element as a finding shows it. */
export function showElement({ key, values }: Element): string {
  return `${key} ${show(values.length === 1 ? values[0] : values)}`;
}

/** Whether a resource element reaches every resource, of any account and kind: `*`, `arn:aws:*`, any NotResource. */
export function coversEverything({ patterns }: Element): boolean {
  return patterns.some((pattern) => /^(?:\*+|arn(?::[\w*?-]*)?:[*:]*\*)$/.test(pattern));
}

/** Whether a condition narrows anything: one that every value satisfies does not. */
export function narrows({ operator, values }: Condition): boolean {
  return !(/(?:Like|Matches)/.test(operator) && values.some((value) => /^\*+$/.test(value)));
}

/** Whether two patterns with `*` and `?` have a text in common, without regard to case. */
export function overlap(left: string, right: string): boolean {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  // reachable[j]: the part of `a` read so far can match the first j characters of `b`.
  let reachable = [true];
  for (let j = 0; j < b.length; j++) reachable.push((reachable[j] ?? false) && b[j] === "*");
  for (const character of a) {
    const next = [(reachable[0] ?? false) && character === "*"];
    for (let j = 0; j < b.length; j++) {
      const other = b[j];
      const alike = character === other || character === "?" || other === "?";
      const star = character === "*" || other === "*";
      next.push(
        ((reachable[j] ?? false) && (alike || star)) || (star && ((reachable[j + 1] ?? false) || (next[j] ?? false))),
      );
    }
    reachable = next;
  }
  return reachable.at(-1) ?? false;
}

/** Whether `pattern` matches everything that `narrower` does; a `*` of the narrower one only fits into a `*`. */
export function includes(pattern: string, narrower: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", "[^*]");
  return new RegExp(`^${source}$`, "i").test(narrower);
}
