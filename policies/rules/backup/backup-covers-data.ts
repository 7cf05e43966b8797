import type { SelectionArgs } from "@pulumi/aws/backup/index.js";

import { TAGS } from "../../../standards/tags.ts";
import type { StackResource, StackView } from "../../lib/rule.ts";
import { stackRule } from "../../lib/rule.ts";

/** What holds data and AWS Backup knows. It knows neither caches nor queues: these have rules of their own. */
const DATA_TYPES = [
  "aws:dynamodb/table:Table",
  "aws:ebs/volume:Volume",
  "aws:efs/fileSystem:FileSystem",
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:s3/bucket:Bucket",
] as const;

interface Tagged {
  readonly tags?: Readonly<Record<string, string>>;
  /** With those that the provider puts on everything. */
  readonly tagsAll?: Readonly<Record<string, string>>;
}

/** The tags that decide: the resource's own where it has one on backups, else the provider's too. */
function tagsOf({ tags, tagsAll }: Tagged): Readonly<Record<string, string>> {
  return tags?.[TAGS.backup] === undefined ? { ...tagsAll, ...tags } : tags;
}

/** Whether a selection takes the resource: by reference, or by one of its tags. */
function selects(
  selection: StackResource<SelectionArgs>,
  resource: StackResource<Tagged>,
  tags: Readonly<Record<string, string>>,
): boolean {
  const named = (selection.propertyDependencies["resources"] ?? []).some(({ urn }) => urn === resource.urn);
  return named || (selection.props.selectionTags ?? []).some(({ key, value }) => tags[key] === value);
}

function hasPlan(stack: StackView, resource: StackResource<Tagged>, tags: Readonly<Record<string, string>>): boolean {
  return stack
    .ofType<SelectionArgs>("aws:backup/selection:Selection")
    .some((selection) => selects(selection, resource, tags));
}

export const backupCoversData = stackRule<Tagged>({
  name: "backup-covers-data",
  description: "Every database, bucket and volume is in a backup selection, or says in a tag why it needs no backup.",
  severity: "high",
  checklist: ["DATA-05", "DATA-06"],
  url: "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html",
  remediation: `Tag the resource ${TAGS.backup}=${TAGS.backupDaily}, or ${TAGS.backup}=${TAGS.backupNone} with the reason in ${TAGS.backupReason}.`,
  type: DATA_TYPES,
  check(resource, stack, report) {
    const tags = tagsOf(resource.props);
    if (tags[TAGS.backup] === TAGS.backupNone) {
      if ((tags[TAGS.backupReason] ?? "").trim().length < 10) {
        report({
          property: `tags.${TAGS.backupReason}`,
          found: tags[TAGS.backupReason] ?? "nothing",
          required: "the reason in words (at least 10 letters)",
        });
      }
      return;
    }
    if (!hasPlan(stack, resource, tags)) {
      report({
        property: `tags.${TAGS.backup}`,
        found: tags[TAGS.backup] ?? "nothing",
        required: "a tag or reference that a backup selection takes",
      });
    }
  },
});
