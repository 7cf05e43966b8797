import { describe, expect, it } from "vitest";

import { backupVaultCmk } from "../../../policies/rules/backup/backup-vault-cmk.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const VAULT = "aws:backup/vault:Vault";
const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1";

describe(backupVaultCmk.name, () => {
  it.each([
    { title: "accepts a vault under a customer key", props: { kmsKeyArn: KEY }, findings: [] },
    { title: "accepts a key that is made in the same deployment", props: { kmsKeyArn: UNKNOWN }, findings: [] },
    {
      title: "rejects an absent key, which AWS reads as its own",
      props: {},
      findings: ["kmsKeyArn is nothing, required the ARN of a customer key"],
    },
    {
      title: "rejects a vault that may be emptied on deletion",
      props: { kmsKeyArn: KEY, forceDestroy: true },
      findings: ["forceDestroy is true, required false or absent"],
    },
    {
      title: "is undetermined while the switch is unknown",
      props: { kmsKeyArn: KEY, forceDestroy: UNKNOWN },
      findings: ["undetermined: forceDestroy"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(backupVaultCmk, VAULT, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(backupVaultCmk, "aws:backup/plan:Plan", {})).toEqual([]);
  });
});
