import { describe, expect, it } from "vitest";

import { Account } from "../../../components/account/account.ts";
import type { AccountSettings } from "../../../config/blocks/account.ts";
import { deploy, ofType } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const BACKUP_TYPES = "aws:backup/regionSettings:RegionSettings";

const stack = { managedBy: "stack", owner: null } as const;
const settings: AccountSettings = {
  volumeEncryption: stack,
  publicAccessBlock: stack,
  passwordPolicy: stack,
  inspector: stack,
  backupTypes: stack,
  documentSharing: stack,
  supportRole: stack,
};

const make = (change: Partial<AccountSettings> = {}) =>
  deploy(
    () =>
      new Account("account", {
        environment: ENVIRONMENT,
        settings: { ...settings, ...change },
        otherRegions: ["us-east-1", "eu-central-1"],
        copyRegion: "eu-central-1",
        peopleRoleArns: ["arn:aws:iam::111122223333:role/people"],
      }),
  );

describe("Account", () => {
  it("switches on what the backups take, where backups and their copies are", async () => {
    expect(
      ofType(await make(), BACKUP_TYPES).map(({ inputs }) => [inputs["region"], inputs["resourceTypeOptInPreference"]]),
    ).toEqual([
      [undefined, { Aurora: true, EBS: true, S3: true }],
      ["eu-central-1", { Aurora: true, EBS: true, S3: true }],
    ]);
  });

  it("does not fight in every run over types that it does not name: the provider reads all of them back", async () => {
    for (const { ignoreChanges } of ofType(await make(), BACKUP_TYPES))
      expect(ignoreChanges).toEqual(["resourceTypeOptInPreference"]);
  });

  it("leaves a switch to the organisation that owns it", async () => {
    const resources = await make({ backupTypes: { managedBy: "organisation", owner: "cloud@example.com" } });
    expect(ofType(resources, BACKUP_TYPES)).toEqual([]);
  });
});
