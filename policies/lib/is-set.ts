import { UnknownValueError } from "./sdk.ts";

/** What a value is when it is given: neither absent nor null, nor what providers answer in place of an absent one. */
export type Given<T> = Exclude<T, null | undefined>;

const isGiven = <T>(value: T): value is Given<T> =>
  value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);

/**
 * A value that somebody set; undefined for null, absent, "" and []. Programs hand over null for undefined, providers answer
 * null, "" or [] for what nobody set, so neither presence nor a comparison with undefined tells.
 */
export function given<T>(value: T): Given<T> | undefined {
  return isGiven(value) ? value : undefined;
}

/**
 * Whether a property is set: given, and none of `empty`, since some fields have a word for nothing. One that is not known
 * yet comes from a resource of the same run, so it will not be empty; that decides it already in a first preview.
 */
export function isSet<T extends object>(props: T, key: keyof T & string, empty: readonly string[] = []): boolean {
  if (!(key in props)) return false;
  try {
    const value = given(props[key]);
    return value !== undefined && !(typeof value === "string" && empty.includes(value));
  } catch (error) {
    if (error instanceof UnknownValueError) return true;
    throw error;
  }
}
