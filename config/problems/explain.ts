import * as z from "zod";

import { nearest } from "../../core/nearest.ts";
import type { Problem } from "./problem.ts";
import { showValue } from "./problem.ts";
import { announcesSecret } from "./secret-texts.ts";

type Path = readonly (string | number)[];

/** What a schema says about itself (`.meta`), where it says something. */
interface Meta {
  readonly description?: string | undefined;
  readonly unit?: unknown;
  readonly form?: unknown;
}

/** Takes optional, default and similar wrappers off a schema. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  let current = schema;
  while (
    current instanceof z.ZodOptional ||
    current instanceof z.ZodDefault ||
    current instanceof z.ZodNullable ||
    current instanceof z.ZodReadonly ||
    current instanceof z.ZodPrefault
  ) {
    current = current.def.innerType;
  }
  return current;
}

function shapeOf(schema: z.ZodObject): Readonly<Record<string, z.core.$ZodType | undefined>> {
  return schema.shape;
}

/** A schema without its wrappers; of a union, the variant that the value's discriminator names. */
function variantOf(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  const inner = bare(schema);
  if (!(inner instanceof z.ZodDiscriminatedUnion)) return inner;
  const { discriminator, options } = inner.def;
  const named = options.map(bare).find((option) => {
    const literal = option instanceof z.ZodObject ? shapeOf(option)[discriminator] : undefined;
    return literal !== undefined && z.safeParse(literal, valueAt(value, [discriminator])).success;
  });
  return named ?? inner;
}

/**
 * The schema of the value at a path; undefined where the path leaves what the schema knows. `root` is the value as a
 * whole, which says what variant of a union a part of it is; without it unions are not looked into.
 */
function schemaAt(schema: z.core.$ZodType, path: Path, root?: unknown): z.core.$ZodType | undefined {
  let current: z.core.$ZodType | undefined = schema;
  for (const [depth, key] of path.entries()) {
    if (current === undefined) return undefined;
    const inner = variantOf(current, valueAt(root, path.slice(0, depth)));
    if (inner instanceof z.ZodObject) current = shapeOf(inner)[key];
    else if (inner instanceof z.ZodArray) current = inner.element;
    else if (inner instanceof z.ZodRecord) current = inner.valueType;
    else return undefined;
  }
  return current;
}

function metaAt(schema: z.core.$ZodType, path: Path, root: unknown): Meta {
  const found = schemaAt(schema, path, root);
  if (found === undefined) return {};
  return { ...z.globalRegistry.get(bare(found)), ...z.globalRegistry.get(found) };
}

function valueAt(root: unknown, path: Path): unknown {
  let current: unknown = root;
  for (const key of path) {
    if (typeof current !== "object" || current === null) return undefined;
    const entries: readonly (readonly [string, unknown])[] = Object.entries(current);
    current = entries.find(([name]) => name === String(key))?.[1];
  }
  return current;
}

/** What a stack file calls the kinds of values. */
const KINDS: Readonly<Record<string, string | undefined>> = {
  int: "a whole number",
  number: "a number without quotes or unit",
  boolean: "true or false",
  string: "text; numbers and dates in quotes",
  array: "a list",
  object: "a block of keys",
  record: "a block of keys",
};

function allowedBy(issue: z.core.$ZodIssue, meta: Meta): string {
  const unit = typeof meta.unit === "string" ? ` (${meta.unit})` : "";
  switch (issue.code) {
    case "too_small":
      return issue.origin === "array"
        ? `at least ${String(issue.minimum)} entries`
        : `at least ${String(issue.minimum)}${unit}`;
    case "too_big":
      return issue.origin === "array"
        ? `at most ${String(issue.maximum)} entries`
        : `at most ${String(issue.maximum)}${unit}`;
    case "invalid_type":
      if (typeof meta.form === "string") return meta.form;
      return `${KINDS[issue.expected] ?? `a value of type ${issue.expected}`}${unit}`;
    case "invalid_value":
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(", ")}`;
    case "invalid_format":
      return typeof meta.form === "string" ? meta.form : `text of the form ${issue.pattern ?? issue.format}`;
    case "invalid_union":
      return "options" in issue ? `one of ${issue.options.map(String).join(", ")}` : issue.message;
    default:
      return issue.message;
  }
}

function explainUnknownKeys(
  schema: z.core.$ZodType,
  issue: z.core.$ZodIssueUnrecognizedKeys,
  path: Path,
  root: unknown,
): Problem[] {
  const owner = schemaAt(schema, path, root);
  const object = owner === undefined ? undefined : variantOf(owner, valueAt(root, path));
  const known = object instanceof z.ZodObject ? Object.keys(object.shape) : [];
  return issue.keys.map((key) => {
    const guess = nearest(key, known);
    return {
      path: [...path, key],
      found: announcesSecret(key)
        ? "an unknown key (value not shown)"
        : `an unknown key (value ${showValue(valueAt(root, [...path, key]))})`,
      allowed: known.length === 0 ? "no further keys" : known.join(", "),
      fix:
        guess === undefined
          ? "Remove the key, or look its name up in the other stack file."
          : `Did you mean "${guess}"? Units are part of the names.`,
    };
  });
}

/** Position of each key of a path among its siblings in the schema; unknown keys stand behind them. */
function placeOf(schema: z.core.$ZodType, path: Path): readonly number[] {
  return path.map((key, depth) => {
    if (typeof key === "number") return key;
    const parent = schemaAt(schema, path.slice(0, depth));
    const object = parent === undefined ? undefined : bare(parent);
    const keys = object instanceof z.ZodObject ? Object.keys(object.shape) : [];
    return keys.includes(key) ? keys.indexOf(key) : keys.length;
  });
}

/**
 * Problems in the order in which a reader of the file meets them. The schema has the order of the committed files; the
 * CLI hands a file over with its keys sorted by name.
 */
export function inFileOrder(problems: readonly Problem[], schema: z.core.$ZodType): Problem[] {
  const compare = (a: readonly number[], b: readonly number[]) => {
    const level = a.findIndex((position, depth) => position !== b[depth]);
    return level === -1 ? a.length - b.length : (a[level] ?? 0) - (b[level] ?? -1);
  };
  return problems
    .map((problem) => ({ problem, place: placeOf(schema, problem.path) }))
    .toSorted((a, b) => compare(a.place, b.place))
    .map(({ problem }) => problem);
}

/** Turns what Zod found wrong with a block into problems with path, value, bounds and remedy. */
export function explain(schema: z.core.$ZodType, error: z.ZodError, root: unknown): Problem[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === "number" ? key : String(key)));
    if (issue.code === "unrecognized_keys") return explainUnknownKeys(schema, issue, path, root);
    const meta = metaAt(schema, path, root);
    const found = valueAt(root, path);
    return [
      {
        path,
        found: showValue(found),
        allowed: allowedBy(issue, meta),
        fix: `${found === undefined ? "Add" : "Change"} the key${meta.description === undefined ? "." : `: ${meta.description}`}`,
      },
    ];
  });
}
