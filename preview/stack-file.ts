import { isRecord } from "../core/records.ts";
import { PreviewProblem } from "./problem.ts";
import type { Project } from "./project.ts";
import { readYamlMap } from "./project.ts";

/** A stack's configuration as the engine hands it to the program. */
export interface StackConfiguration {
  /** Texts by `namespace:key`; structured values as JSON. */
  readonly values: Readonly<Record<string, string>>;
  /** Keys whose value is, or holds, a secret. */
  readonly secretKeys: readonly string[];
}

/** Keys of a stack file that say how its secrets are encrypted; the preview decrypts nothing. */
const ENCRYPTION_KEYS = new Set(["secretsprovider", "encryptedkey", "encryptionsalt"]);

/** `secure: <cipher text>`, alone in its map. */
function isSecure(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string";
}

/** Replaces every secure entry by a placeholder; tells whether there was one. */
function decrypt(value: unknown, key: string): { readonly value: unknown; readonly secret: boolean } {
  if (isSecure(value)) return { value: `preview-secret-${key}`, secret: true };
  if (Array.isArray(value)) {
    const items = value.map((item, position) => decrypt(item, `${key}-${position}`));
    return { value: items.map((item) => item.value), secret: items.some((item) => item.secret) };
  }
  if (!isRecord(value)) return { value, secret: false };
  const entries = Object.entries(value).map(([name, item]) => [name, decrypt(item, `${key}-${name}`)] as const);
  return {
    value: Object.fromEntries(entries.map(([name, item]) => [name, item.value])),
    secret: entries.some(([, item]) => item.secret),
  };
}

/** Structured values arrive with their keys in order: the engine keeps them as maps that have none of their own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sorted(value[key])]),
  );
}

function textOf(value: unknown, file: string, key: string): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value === null || value === undefined)
    throw new PreviewProblem("stack-file-invalid", `${file}: ${key} has no value. Give it one, or remove the key.`);
  return JSON.stringify(sorted(value));
}

/** Turns the `config` block of a stack file into what programs read. */
export function configurationOf(
  content: Readonly<Record<string, unknown>>,
  file: string,
  project: string,
): StackConfiguration {
  for (const key of Object.keys(content)) {
    if (key === "config" || ENCRYPTION_KEYS.has(key)) continue;
    const hint =
      key === "environment" ? "The preview does not open Pulumi ESC environments." : "A stack file holds config.";
    throw new PreviewProblem("stack-file-invalid", `${file}: the key ${key} is not supported here. ${hint}`);
  }
  const config = content["config"] ?? {};
  if (!isRecord(config)) throw new PreviewProblem("stack-file-invalid", `${file}: config is not a map of keys.`);
  const values: Record<string, string> = {};
  const secretKeys: string[] = [];
  for (const [name, raw] of Object.entries(config)) {
    const key = name.includes(":") ? name : `${project}:${name}`;
    const { value, secret } = decrypt(raw, key.replaceAll(":", "-"));
    values[key] = textOf(value, file, name);
    if (secret) secretKeys.push(key);
  }
  return { values, secretKeys };
}

/** Reads `Pulumi.<environment>.yaml`. */
export function readStackFile(project: Project, environment: string): StackConfiguration {
  const file = `Pulumi.${environment}.yaml`;
  return configurationOf(readYamlMap(project.root, file), file, project.name);
}
