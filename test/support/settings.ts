import { isRecord } from "../../core/records.ts";
import type { Settings } from "./committed-resources.ts";

/** What stands at `a.b.c`; undefined where there is nothing. */
function at(settings: Settings, path: string): unknown {
  return path.split(".").reduce<unknown>((node, key) => (isRecord(node) ? node[key] : undefined), settings);
}

/** A copy with another value at `a.b.c`; undefined takes the key away. */
export function changed(settings: Settings, path: string, change: (value: unknown) => unknown): Settings {
  const [key = "", ...rest] = path.split(".");
  const old = settings[key];
  const fresh = rest.length === 0 ? change(old) : changed(isRecord(old) ? old : {}, rest.join("."), change);
  const others = Object.entries(settings).filter(([name]) => name !== key);
  return fresh === undefined ? Object.fromEntries(others) : { ...settings, [key]: fresh };
}

/** A copy with a value at `a.b.c`; undefined takes the key away. */
export const withValue = (settings: Settings, path: string, value: unknown): Settings =>
  changed(settings, path, () => value);

/** The rows of a list, by what names them: a text itself, or its `name`. */
const nameOfRow = (row: unknown): unknown => (isRecord(row) ? row["name"] : row);

/** A copy without the entries of a list that are called so. Fails when there is none: nothing would be taken out. */
export function without(settings: Settings, path: string, ...names: readonly string[]): Settings {
  const rows = at(settings, path);
  if (!Array.isArray(rows)) throw new Error(`${path} is no list`);
  for (const name of names)
    if (!rows.some((row) => nameOfRow(row) === name)) throw new Error(`${path} has no entry "${name}"`);
  return withValue(
    settings,
    path,
    rows.filter((row) => !names.some((name) => nameOfRow(row) === name)),
  );
}

/** A copy with one row of a list changed. */
export function withRow(settings: Settings, path: string, name: string, change: (row: Settings) => Settings): Settings {
  return changed(settings, path, (rows) =>
    Array.isArray(rows)
      ? rows.map((row: unknown) => (isRecord(row) && row["name"] === name ? change(row) : row))
      : rows,
  );
}

/** A copy with a second entry in a map that is like another. Fails when there is none to copy. */
export function withCopy(settings: Settings, path: string, from: string, to: string): Settings {
  const original = at(settings, `${path}.${from}`);
  if (original === undefined) throw new Error(`${path} has no ${from}`);
  return withValue(settings, `${path}.${to}`, original);
}

/** A copy with a further row at a list's end that is like another but for its name. Fails when there is none to copy. */
export function withRowCopy(settings: Settings, path: string, from: string, to: string): Settings {
  return changed(settings, path, (rows) => {
    const list: readonly unknown[] = Array.isArray(rows) ? rows : [];
    const original = list.find((row) => nameOfRow(row) === from);
    if (!isRecord(original)) throw new Error(`${path} has no row "${from}"`);
    return [...list, { ...original, name: to }];
  });
}
