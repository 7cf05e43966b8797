import type { AccountSettings } from "../../../config/blocks/account.ts";
import { BACKUP } from "../../../standards/backup.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { askNetworks, hasBegun } from "../ours.ts";
import { isRefusal, valueOf } from "../outcome.ts";

interface Place {
  readonly region: string;
  /** Whether an up of the environment has begun. */
  readonly begun: boolean;
}

function judgeTypes(
  { managedBy }: AccountSettings["backupTypes"],
  answer: OutcomeOf<"backup:DescribeRegionSettings">,
  { region, begun }: Place,
): Line {
  const part = { what: `Types that AWS Backup takes in ${region}`, needed: `${BACKUP.types.join(", ")} switched on` };
  if (isRefusal(answer)) return unasked(part, answer);
  const preferences = valueOf(answer)?.ResourceTypeOptInPreference ?? {};
  const off = BACKUP.types.filter((type) => preferences[type] !== true);
  if (off.length === 0) return ok(part, "all on");
  const found = `off: ${off.join(", ")}`;
  if (managedBy === "stack" && !begun) return ok(part, `${found}; the first up switches on what is off`);
  const command = `aws backup update-region-settings --region ${region} --resource-type-opt-in-preference ${off.map((type) => `${type}=true`).join(",")}`;
  return blocks(
    part,
    found,
    managedBy === "stack"
      ? `Somebody switched it off since, and the plan leaves it out without a word: ${command}`
      : `The plan leaves out what is off, without a word. Ask its owner (account.backupTypes) for: ${command}`,
  );
}

/** Which types of resources the region's backups take: a plan that selects by tag follows this, and says nothing. */
export const backupTypesCheck = defineCheck({
  id: "backup-types",
  subject: "Switches",
  source:
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-supported-services.html#opt-in-resource-types",
  requirements: ["DATA-05"],
  gather: async ({ config: { environment, backup } }, { ask }) => {
    const [here, copies, networks] = await Promise.all([
      ask("backup:DescribeRegionSettings", {}, environment.region),
      ask("backup:DescribeRegionSettings", {}, backup.copyRegion),
      askNetworks(ask, environment),
    ]);
    return { here, copies, networks };
  },
  judge: ({ config: { environment, backup, account } }, { here, copies, networks }) => {
    const begun = hasBegun(environment, networks) === true;
    return [
      judgeTypes(account.backupTypes, here, { region: environment.region, begun }),
      judgeTypes(account.backupTypes, copies, { region: backup.copyRegion, begun }),
    ];
  },
});
