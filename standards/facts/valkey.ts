import type { FactTable } from "./facts.ts";
import data from "./valkey.json" with { type: "json" };

/** Releases of Valkey in ElastiCache. */
export const VALKEY: FactTable & {
  /** Family of the parameter groups by `<major>.<minor>`, in ascending order. */
  readonly releases: Readonly<Record<string, string>>;
  /** Commands, and subcommands as `command|subcommand`, which ElastiCache refuses in an access string. */
  readonly refusedCommands: readonly string[];
} = data;

/** Family of the parameter groups of a release, also of one that is newer than the table within a major version. */
export function valkeyFamily(engineVersion: string): string | undefined {
  const [major = ""] = engineVersion.split(".");
  return Object.entries(VALKEY.releases).find(([release]) => release.startsWith(`${major}.`))?.[1];
}
