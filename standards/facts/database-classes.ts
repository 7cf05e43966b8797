import data from "./database-classes.json" with { type: "json" };
import type { FactTable } from "./facts.ts";

/** What an Aurora PostgreSQL instance class offers. */
export interface DatabaseInstanceClass {
  readonly vcpus: number;
  readonly memoryGiB: number;
  /** Lives on CPU credits, which a busy hour uses up; AWS names these classes for development and test. */
  readonly burstable?: boolean;
  /** Connections which a server of the class accepts by AWS' own table; absent where the table does not have it. */
  readonly documentedMaxConnections?: number;
}

/** Instance classes of Aurora PostgreSQL, from small to large within a family. */
export const DATABASE_CLASSES: FactTable & { readonly classes: Readonly<Record<string, DatabaseInstanceClass>> } = data;
