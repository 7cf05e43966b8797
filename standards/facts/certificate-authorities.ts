import data from "./certificate-authorities.json" with { type: "json" };
import type { FactTable } from "./facts.ts";

const TABLE: FactTable & {
  /** Year in which the authority's certificate ends. */
  readonly authorities: Readonly<Record<string, string>>;
} = data;

/** Authorities of RDS server certificates whose own certificate outlives the table. */
export const RDS_AUTHORITIES: readonly string[] = Object.entries(TABLE.authorities)
  .filter(([, year]) => year > TABLE.asOf)
  .map(([name]) => name);
