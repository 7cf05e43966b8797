import data from "./database-parameters.json" with { type: "json" };
import type { FactTable } from "./facts.ts";

/** Parameters of Aurora PostgreSQL, each by name and major version. */
export const DATABASE_PARAMETERS: FactTable & {
  /** Value where a group says nothing. */
  readonly defaults: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Values which the family of a major version does not take. */
  readonly refused: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
} = data;
