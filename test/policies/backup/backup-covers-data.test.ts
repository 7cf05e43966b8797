import { describe, expect, it } from "vitest";

import { backupCoversData } from "../../../policies/rules/backup/backup-covers-data.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const selection = (
  props: Record<string, unknown> = { selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "daily" }] },
  refers: Record<string, string[]> = {},
) => ({ type: "aws:backup/selection:Selection", name: "selection", props, refers });
const data = (tags?: unknown, type = "aws:rds/cluster:Cluster") => ({
  type,
  name: "data",
  props: tags === undefined ? {} : { tags },
});

const UNCOVERED = "required a tag or reference that a backup selection takes";

describe(backupCoversData.name, () => {
  it.each([
    "aws:rds/cluster:Cluster",
    "aws:rds/instance:Instance",
    "aws:s3/bucket:Bucket",
    "aws:ebs/volume:Volume",
    "aws:efs/fileSystem:FileSystem",
    "aws:dynamodb/table:Table",
  ])("wants %s in a selection", async (type) => {
    expect(await evaluateStack(backupCoversData, [data({ backup: "daily" }, type), selection()])).toEqual([]);
    expect(await evaluateStack(backupCoversData, [data({}, type), selection()])).toEqual([
      `data: tags.backup is nothing, ${UNCOVERED}`,
    ]);
  });

  it("accepts a resource that a selection names", async () => {
    expect(await evaluateStack(backupCoversData, [data(), selection({}, { resources: ["data"] })])).toEqual([]);
  });

  it("rejects the right tag when no selection looks for it", async () => {
    expect(await evaluateStack(backupCoversData, [data({ backup: "daily" })])).toEqual([
      `data: tags.backup is daily, ${UNCOVERED}`,
    ]);
  });

  it("rejects a tag that the selection does not take", async () => {
    expect(await evaluateStack(backupCoversData, [data({ backup: "weekly" }), selection()])).toEqual([
      `data: tags.backup is weekly, ${UNCOVERED}`,
    ]);
  });

  it("accepts no backup with a reason, and rejects it without", async () => {
    expect(
      await evaluateStack(backupCoversData, [data({ backup: "none", "backup-reason": "holds logs that expire" })]),
    ).toEqual([]);
    expect(await evaluateStack(backupCoversData, [data({ backup: "none" })])).toEqual([
      "data: tags.backup-reason is nothing, required the reason in words (at least 10 letters)",
    ]);
  });

  it("is undetermined while the tags are unknown", async () => {
    expect(await evaluateStack(backupCoversData, [data(UNKNOWN), selection()])).toEqual(["undetermined: tags"]);
  });

  it("leaves caches and queues alone, which AWS Backup does not know", async () => {
    expect(await evaluateStack(backupCoversData, [data({}, "aws:sqs/queue:Queue")])).toEqual([]);
  });

  it("counts the tags of the provider, which AWS Backup sees too; the resource's own come first", async () => {
    const provider = {
      type: "pulumi:providers:aws",
      name: "provider",
      props: { region: "eu-west-1", defaultTags: { tags: { backup: "daily" } } },
    };
    expect(await evaluateStack(backupCoversData, [data({ owner: "shop" }), selection(), provider])).toEqual([]);
    expect(await evaluateStack(backupCoversData, [data({ backup: "none" }), selection(), provider])).toEqual([
      "data: tags.backup-reason is nothing, required the reason in words (at least 10 letters)",
    ]);
  });
});
