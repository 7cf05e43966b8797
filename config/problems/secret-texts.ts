import { SECRET_FORMS } from "../../standards/secret-forms.ts";

/** Every text in a value, with its path. */
export function* texts(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<{ path: readonly (string | number)[]; text: string }> {
  if (typeof value === "string") yield { path, text: value };
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* texts(item, [...path, index]);
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* texts(item, [...path, key]);
  }
}

/** What kind of secret a text is by its form; undefined for harmless texts. */
export function secretFormOf(text: string): string | undefined {
  return SECRET_FORMS.find(({ pattern }) => pattern.test(text))?.what;
}

/** Whether a value is a secret by its form, or holds one anywhere inside. */
export function holdsSecret(value: unknown): boolean {
  return [...texts(value)].some(({ text }) => secretFormOf(text) !== undefined);
}

/** Whether a key's name announces a secret, so that its value is not shown whatever its form. */
export function announcesSecret(key: string): boolean {
  return /pass(?:word|wd|phrase)|secret|token|credential|(?:api|private|access)_?key|dsn$|webhook/i.test(key);
}
