import * as z from "zod";

import { defineBlock } from "../block.ts";
import { logRetentionDays } from "../types.ts";

const schema = z.strictObject({
  accessLogRetentionDays: logRetentionDays("Days for which requests to buckets, balancers and the CDN stay on record."),
});

export const storageBlock = defineBlock({ schema });

export type StorageSettings = z.output<typeof schema>;
