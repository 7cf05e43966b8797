import * as z from "zod";

import { defineBlock } from "../block.ts";
import { checkOwners, managedPart } from "./managed-part.ts";

const schema = z.strictObject({
  volumeEncryption: managedPart("Encryption of every new volume, whoever makes it"),
  publicAccessBlock: managedPart("The account's own refusal of public buckets"),
  passwordPolicy: managedPart("What passwords of IAM users must be like"),
  inspector: managedPart("Amazon Inspector, which looks for known weaknesses in images, functions and instances"),
  backupTypes: managedPart("The types of resources that AWS Backup takes by their tag, here and in backup.copyRegion"),
  documentSharing: managedPart("The refusal of public documents of Systems Manager"),
  supportRole: managedPart("The role with which people open cases at AWS"),
});

export type AccountSettings = z.output<typeof schema>;

export const accountBlock = defineBlock({
  schema,
  check(account, report) {
    checkOwners(account, report);
  },
});
