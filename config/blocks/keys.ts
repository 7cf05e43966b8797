import * as z from "zod";

import { ENCRYPTION } from "../../standards/encryption.ts";
import { defineBlock } from "../block.ts";
import { wholeNumber } from "../types.ts";

const schema = z.strictObject({
  rotationPeriodDays: wholeNumber(
    { min: ENCRYPTION.awsMinKeyRotationDays, max: ENCRYPTION.maxKeyRotationDays, unit: "days" },
    "Days after which KMS replaces a key's material; old data stays readable.",
  ),
  deletionWindowDays: wholeNumber(
    { min: ENCRYPTION.minDeletionWindowDays, max: ENCRYPTION.awsMaxDeletionWindowDays, unit: "days" },
    "Days between the order to delete a key and its end; until then it can be cancelled.",
  ),
});

export const keysBlock = defineBlock({ schema });

export type KeysSettings = z.output<typeof schema>;
