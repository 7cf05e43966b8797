import type { FactTable } from "./facts.ts";
import data from "./instance-prices.json" with { type: "json" };

const TABLE: FactTable & { readonly usdPerHour: Readonly<Record<string, Readonly<Record<string, number>>>> } = data;

export const INSTANCE_PRICES_AS_OF: string = TABLE.asOf;

/** The region of which the table has most; elsewhere its prices say the order of size only. */
export const REFERENCE_REGION = "us-east-1";

/** USD an hour on demand by type in a region; {} for a region that the table does not have. */
export function instancePrices(region: string): Readonly<Record<string, number>> {
  return Object.hasOwn(TABLE.usdPerHour, region) ? (TABLE.usdPerHour[region] ?? {}) : {};
}
