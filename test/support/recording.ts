import { isRecord } from "../../core/records.ts";

const isNode = (value: unknown): value is object => isRecord(value) || Array.isArray(value);
const step = (key: string, parent: object) => (Array.isArray(parent) ? "[]" : `.${key}`);

/** A copy of a value that tells which paths below it are looked at, such as `services.catalogue[].port`. */
export function recording<T extends object>(value: T, onRead: (path: string) => void, path = ""): T {
  const copy = structuredClone(value);
  const children = new Map<string, object>();
  return new Proxy(copy, {
    get(target, key, receiver): unknown {
      const found: unknown = Reflect.get(target, key, receiver);
      if (typeof key === "symbol" || !Object.hasOwn(target, key) || (Array.isArray(target) && key === "length"))
        return found;
      const below = `${path}${step(key, target)}`.replace(/^\./, "");
      onRead(below);
      if (!isNode(found)) return found;
      const child = children.get(key) ?? recording(found, onRead, below);
      children.set(key, child);
      return child;
    },
  });
}

type JsonSchema = Readonly<Record<string, unknown>>;

/** Paths of all leaves that a JSON schema has; `*` stands for the keys of a map. */
export function leavesOf(schema: unknown, path = ""): string[] {
  if (!isRecord(schema)) return [path];
  const { properties, additionalProperties, items, anyOf, oneOf }: JsonSchema = schema;
  const choices = [anyOf, oneOf].filter(Array.isArray).flat();
  if (choices.length > 0) {
    const parts = choices.filter((choice) => !isRecord(choice) || choice["type"] !== "null");
    return [...new Set(parts.flatMap((choice) => leavesOf(choice, path)))];
  }
  if (isRecord(properties))
    return Object.entries(properties).flatMap(([key, inner]) => leavesOf(inner, path === "" ? key : `${path}.${key}`));
  if (isRecord(items)) return leavesOf(items, `${path}[]`);
  if (isRecord(additionalProperties)) return leavesOf(additionalProperties, `${path}.*`);
  return [path];
}
