import { isRecord } from "../../../core/records.ts";

type Json = Record<string, unknown>;

/** A value with another on top: maps are merged, all else is replaced. */
function laid(below: unknown, above: unknown): unknown {
  if (!isRecord(below) || !isRecord(above)) return above;
  const result: Json = { ...below };
  for (const [key, value] of Object.entries(above)) result[key] = key in below ? laid(below[key], value) : value;
  return result;
}

/** The object without what the program wrote before and writes no longer; lists are replaced as a whole. */
function withoutDropped(live: unknown, before: unknown, now: unknown): unknown {
  if (!isRecord(live) || !isRecord(before)) return live;
  const current = isRecord(now) ? now : {};
  return Object.fromEntries(
    Object.entries(live).flatMap(([key, value]) => {
      if (key in before && !(key in current)) return [];
      return [[key, withoutDropped(value, before[key], current[key])]];
    }),
  );
}

/**
 * The live object after a server-side apply of new inputs: what they name is theirs, what they no longer name is gone, and
 * what others set stays (the number of pods, labels and annotations of operators).
 * @param fresh what a new object with these inputs would be: defaults for what is gone.
 */
export function appliedObject(fresh: Json, inputs: Json, old: { readonly inputs: Json; readonly outputs: Json }): Json {
  const kept = withoutDropped(old.outputs, old.inputs, inputs);
  const result = laid(laid(fresh, kept), inputs);
  return isRecord(result) ? result : fresh;
}
