import { UnknownValueError } from "./sdk.ts";

/**
 * Whether a text is set: present and none of `empty`, since some fields have a word for nothing. One that is not known
 * yet comes from a resource of the same run, so it will not be empty; that decides it already in a first preview.
 */
export function isSet<T extends object>(props: T, key: keyof T & string, empty: readonly string[] = [""]): boolean {
  if (!(key in props)) return false;
  try {
    const value = props[key];
    return value !== undefined && value !== null && !(typeof value === "string" && empty.includes(value));
  } catch (error) {
    if (error instanceof UnknownValueError) return true;
    throw error;
  }
}
