import { isDeepStrictEqual } from "node:util";

import { isRecord } from "../../core/records.ts";

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" && Number.isInteger(value) ? "integer" : typeof value;
}

const fits = (value: unknown, type: unknown) =>
  typeOf(value) === type || (type === "number" && typeof value === "number");

function checkType(type: unknown, value: unknown): string[] {
  if (type === undefined) return [];
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  return types.some((allowed) => fits(value, allowed)) ? [] : [`is ${typeOf(value)}, must be ${types.join(" or ")}`];
}

/** Keywords that compare a number with a limit; `size` says which number of the value. */
const LIMITS: readonly {
  readonly keyword: string;
  readonly size: (value: unknown) => number | undefined;
  readonly holds: (size: number, limit: number) => boolean;
  readonly text: string;
}[] = [
  { keyword: "minimum", size: numberOf, holds: (size, limit) => size >= limit, text: "must be at least" },
  { keyword: "maximum", size: numberOf, holds: (size, limit) => size <= limit, text: "must be at most" },
  { keyword: "exclusiveMinimum", size: numberOf, holds: (size, limit) => size > limit, text: "must be more than" },
  { keyword: "exclusiveMaximum", size: numberOf, holds: (size, limit) => size < limit, text: "must be less than" },
  {
    keyword: "minLength",
    size: textLength,
    holds: (size, limit) => size >= limit,
    text: "must have a length of at least",
  },
  {
    keyword: "maxLength",
    size: textLength,
    holds: (size, limit) => size <= limit,
    text: "must have a length of at most",
  },
  {
    keyword: "minItems",
    size: listLength,
    holds: (size, limit) => size >= limit,
    text: "must have a number of entries of at least",
  },
  {
    keyword: "maxItems",
    size: listLength,
    holds: (size, limit) => size <= limit,
    text: "must have a number of entries of at most",
  },
];

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function textLength(value: unknown): number | undefined {
  return typeof value === "string" ? Array.from(value).length : undefined;
}

function listLength(value: unknown): number | undefined {
  return Array.isArray(value) ? value.length : undefined;
}

function checkLimits(schema: Record<string, unknown>, value: unknown): string[] {
  return LIMITS.flatMap(({ keyword, size, holds, text }) => {
    const limit = schema[keyword];
    const actual = size(value);
    return typeof limit !== "number" || actual === undefined || holds(actual, limit)
      ? []
      : [`${text} ${limit}, is ${actual}`];
  });
}

function checkValues(schema: Record<string, unknown>, value: unknown): string[] {
  const problems: string[] = [];
  const allowed: unknown = schema["enum"];
  if (Array.isArray(allowed) && !allowed.some((entry) => isDeepStrictEqual(entry, value)))
    problems.push(`must be one of ${allowed.map((entry) => JSON.stringify(entry)).join(", ")}`);
  if ("const" in schema && !isDeepStrictEqual(schema["const"], value))
    problems.push(`must be ${JSON.stringify(schema["const"])}`);
  const pattern = schema["pattern"];
  if (typeof pattern === "string" && typeof value === "string" && !new RegExp(pattern).test(value))
    problems.push(`must match ${pattern}`);
  return problems;
}

function checkObject(schema: Record<string, unknown>, value: Record<string, unknown>, path: string): string[] {
  const properties = isRecord(schema["properties"]) ? schema["properties"] : {};
  const required: readonly unknown[] = Array.isArray(schema["required"]) ? schema["required"] : [];
  const missing = required
    .filter((key) => !(String(key) in value))
    .map((key) => `${path === "" ? "" : `${path}.`}${String(key)} is required`);
  const known = Object.entries(value).flatMap(([key, item]) => {
    const below = path === "" ? key : `${path}.${key}`;
    const inner = properties[key] ?? schema["additionalProperties"];
    if (inner === false) return [`${below} is not a setting of this rule`];
    return isRecord(inner) ? validate(inner, item, below) : [];
  });
  return [...missing, ...known];
}

/**
 * Checks a value against a JSON schema: the keywords that the policy SDK's types offer, which are those that the engine's
 * check knows and that settings of rules use. Answers one line a problem; [] when it fits.
 */
export function validate(schema: Record<string, unknown>, value: unknown, path = ""): string[] {
  const own = [...checkType(schema["type"], value), ...checkLimits(schema, value), ...checkValues(schema, value)];
  const problems = own.map((problem) => `${path === "" ? "the value" : path} ${problem}`);
  if (isRecord(value)) problems.push(...checkObject(schema, value, path));
  if (Array.isArray(value)) {
    const items = schema["items"];
    if (isRecord(items))
      problems.push(...value.flatMap((item, position) => validate(items, item, `${path}[${position}]`)));
    if (
      schema["uniqueItems"] === true &&
      value.some((item, position) => value.findIndex((other) => isDeepStrictEqual(other, item)) !== position)
    ) {
      problems.push(`${path} must not repeat an entry`);
    }
  }
  return problems;
}
