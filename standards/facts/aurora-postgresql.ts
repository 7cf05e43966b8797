import data from "./aurora-postgresql.json" with { type: "json" };
import type { FactTable } from "./facts.ts";

interface AuroraMajor {
  /** Family of the parameter groups. */
  readonly family: string;
  readonly endOfStandardSupport: string;
  /** Releases that can be created, in ascending order. */
  readonly offered: readonly string[];
  /** Releases that can no longer be created. */
  readonly deprecated: readonly string[];
  /** Releases of PostgreSQL which Aurora left out. */
  readonly neverExisted: readonly string[];
}

/** Releases of Aurora PostgreSQL by major version. */
export const AURORA_POSTGRESQL: FactTable & { readonly majors: Readonly<Record<string, AuroraMajor>> } = data;
