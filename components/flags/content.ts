import { createHash } from "node:crypto";

import type { FlagsSettings } from "../../config/blocks/flags.ts";

export type Flag = FlagsSettings["flags"][number];

const TEXT = { constraints: { type: "string", required: true } } as const;

/** What a flag says of itself, for programs and for who cleans up. */
function definitionOf({ name, description, expires }: Flag) {
  return {
    name,
    description,
    attributes: { owner: TEXT, kind: TEXT, expires: { constraints: { type: "string" } } },
    ...(expires === null ? {} : { _deprecation: { status: "planned", date: expires } }),
  };
}

function valueOf({ enabled, owner, kind, expires }: Flag) {
  return { enabled, owner, kind, ...(expires === null ? {} : { expires }) };
}

/**
 * Flags in the form that AppConfig checks: definitions and values, in alphabetical order, so that a moved line is no new
 * version. @see https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-type-reference-feature-flags.html
 */
export function contentOf(flags: readonly Flag[]): string {
  const sorted = flags.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify({
    version: "1",
    flags: Object.fromEntries(sorted.map((flag) => [flag.name, definitionOf(flag)])),
    values: Object.fromEntries(sorted.map((flag) => [flag.name, valueOf(flag)])),
  });
}

/** What tells two contents apart, as part of a name. */
export function contentHash(content: string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 10);
}
