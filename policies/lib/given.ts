import { UnknownValueError } from "./sdk.ts";

/**
 * Whether a text is given: present and not empty. One that is not known yet comes from a resource of the same run, so it
 * will not be empty; that decides it already in a first preview.
 */
export function isGiven<T extends object>(props: T, key: keyof T & string): boolean {
  if (!(key in props)) return false;
  try {
    const value = props[key];
    return value !== undefined && value !== null && value !== "";
  } catch (error) {
    if (error instanceof UnknownValueError) return true;
    throw error;
  }
}
