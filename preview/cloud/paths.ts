import { isRecord } from "../../core/records.ts";
import { UNKNOWN } from "../engine/wire.ts";

type Node = Record<string, unknown> | unknown[];

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

/** Key of the wire's marks (secret, file, archive): what it stands in is a value, not something to complete. */
const MARK = "4dabf18193072939515e22adb298388d";

/** A map that may be completed; secrets and files are values. */
export const isOpen = (value: unknown): value is Record<string, unknown> => isRecord(value) && !(MARK in value);

function read(node: Node, key: string): unknown {
  return Array.isArray(node) ? node[Number(key)] : node[key];
}

function write(node: Node, key: string, value: unknown): void {
  if (Array.isArray(node)) node[Number(key)] = value;
  else node[key] = value;
}

/** Sets `a.0.b` below `root` unless there is a value. A list which is empty stays empty. */
export function fill(root: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop() ?? path;
  let node: Node = root;
  let isNew = false;
  for (const [position, key] of keys.entries()) {
    let next = read(node, key);
    if (next === undefined) {
      if (Array.isArray(node) && !isNew) return;
      next = /^\d+$/.test(keys[position + 1] ?? last) ? [] : {};
      write(node, key, next);
      isNew = true;
    } else {
      isNew = false;
    }
    if (!isNode(next) || MARK in next) return;
    node = next;
  }
  if (read(node, last) === undefined && (!Array.isArray(node) || isNew)) write(node, last, value);
}

/** Marks what is not given at `a.0.b` as unknown: the first key on the way that is absent. */
export function blank(root: Record<string, unknown>, path: string): void {
  let node: Node = root;
  for (const key of path.split(".")) {
    const next = read(node, key);
    if (next === undefined) {
      // A list which the program left empty stays empty.
      if (!Array.isArray(node)) write(node, key, UNKNOWN);
      return;
    }
    if (!isNode(next) || MARK in next) return;
    node = next;
  }
}

/** The keys of `a.b[].c["d.e"]`; "[]" stands for every element of a list. */
export function keysOf(path: string): string[] {
  return [...path.matchAll(/\["([^"]+)"\]|(\[\])|([^.[\]]+)/g)].map(
    ([, quoted, element, plain]) => quoted ?? element ?? plain ?? "",
  );
}

/** The maps at `keys` below a value, in every element where the keys say so; what is not there has none. */
export function placesAt(value: unknown, keys: readonly string[]): Record<string, unknown>[] {
  const [key, ...rest] = keys;
  if (key === undefined) return isOpen(value) ? [value] : [];
  if (key === "[]") return Array.isArray(value) ? value.flatMap((item) => placesAt(item, rest)) : [];
  return isOpen(value) ? placesAt(value[key], rest) : [];
}

/** Calls `change` with every map that holds the last key of `path`, and with that key. */
export function atEach(
  root: unknown,
  path: string,
  change: (holder: Record<string, unknown>, key: string) => void,
): void {
  const keys = keysOf(path);
  const last = keys.pop() ?? "";
  for (const holder of placesAt(root, keys)) change(holder, last);
}

/** A copy without nulls, at every depth. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null && item !== undefined).map(withoutNulls);
  if (!isOpen(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      item === null || item === undefined ? [] : [[key, withoutNulls(item)]],
    ),
  );
}

/** As {@link withoutNulls}, of all properties of a resource. */
export function propertiesWithoutNulls(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([key, item]) =>
      item === null || item === undefined ? [] : [[key, withoutNulls(item)]],
    ),
  );
}

/** Whether a value is, or holds, something that is not known before the deployment. */
export function holdsUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isRecord(value) && Object.values(value).some(holdsUnknown);
}
