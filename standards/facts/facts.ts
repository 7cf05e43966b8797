/** Where a part of a table comes from. */
export interface FactSource {
  readonly what: string;
  /** Day, month or year of the source. */
  readonly date: string;
  readonly url?: string;
}

/**
 * A dated table of what exists at AWS: facts that no form of a text shows. What contradicts it up to its date cannot exist;
 * what is newer may. Dates are year-month-day, so that they compare as texts; nothing here reads a clock.
 */
export interface FactTable {
  /** What the table holds, and what an absent entry means. */
  readonly about: string;
  /** The day for which it holds. */
  readonly asOf: string;
  readonly sources: readonly FactSource[];
}
