import * as z from "zod";

import { backupBlock } from "./backup.ts";
import { environmentBlock } from "./environment.ts";
import { keysBlock } from "./keys.ts";

/** The blocks of a stack file, in the order in which they stand there. */
export const BLOCKS = {
  environment: environmentBlock,
  keys: keysBlock,
  backup: backupBlock,
} as const;

/** The settings block as a whole; strict, so that a misspelt key is refused. */
export const settingsSchema = z.strictObject({
  environment: BLOCKS.environment.schema,
  keys: BLOCKS.keys.schema,
  backup: BLOCKS.backup.schema,
});

/** The settings of a stack: every block present and right. */
export type Settings = z.output<typeof settingsSchema>;
