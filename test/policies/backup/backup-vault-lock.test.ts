import { describe, expect, it } from "vitest";

import { backupVaultLock } from "../../../policies/rules/backup/backup-vault-lock.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const vault = { type: "aws:backup/vault:Vault", name: "vault", props: { name: "v" } };
const lock = (props: Record<string, unknown>, of = "vault") => ({
  type: "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
  name: "lock",
  props,
  refers: { backupVaultName: [of] },
});

describe(backupVaultLock.name, () => {
  it.each([
    {
      title: "accepts a vault with the shortest lock of one day",
      stack: [vault, lock({ minRetentionDays: 1 })],
      findings: [],
    },
    {
      title: "rejects a vault without lock",
      stack: [vault],
      findings: ["vault: (vault lock) is nothing, required a lock with minRetentionDays"],
    },
    {
      title: "rejects a lock without shortest retention",
      stack: [vault, lock({})],
      findings: ["vault: (vault lock).minRetentionDays is nothing, required at least 1 (day)"],
    },
    {
      title: "rejects a lock of zero days",
      stack: [vault, lock({ minRetentionDays: 0 })],
      findings: ["vault: (vault lock).minRetentionDays is nothing, required at least 1 (day)"],
    },
    {
      title: "does not take the lock of another vault",
      stack: [vault, { ...vault, name: "other" }, lock({ minRetentionDays: 7 }, "other")],
      findings: ["vault: (vault lock) is nothing, required a lock with minRetentionDays"],
    },
    {
      title: "is silent about a stack without vaults",
      stack: [{ type: "aws:s3/bucket:Bucket", name: "bucket" }],
      findings: [],
    },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(backupVaultLock, stack)).toEqual(findings);
  });

  it("is undetermined while the lock's retention is unknown", async () => {
    const [verdict] = await evaluateStack(backupVaultLock, [vault, lock({ minRetentionDays: UNKNOWN })]);
    expect(verdict).toBe("undetermined: minRetentionDays");
  });
});
