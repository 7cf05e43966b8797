import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, blocks, defineCheck, ok, unasked } from "../check.ts";
import { askNetworks, hasBegun } from "../ours.ts";
import { isRefusal, valueOf } from "../outcome.ts";

/** Types of what the environment has with the tag that its plan selects by, as AWS Backup calls them. */
const TYPES = ["Aurora", "EBS", "S3"] as const;

function judgeTypes(answer: OutcomeOf<"backup:DescribeRegionSettings">, begun: boolean): Line {
  const part = { what: "Types that AWS Backup takes", needed: `${TYPES.join(", ")} switched on` };
  if (isRefusal(answer)) return unasked(part, answer);
  const preferences = valueOf(answer)?.ResourceTypeOptInPreference ?? {};
  const off = TYPES.filter((type) => preferences[type] !== true);
  if (off.length === 0) return ok(part, "all on");
  const todo = `A plan leaves out what is off, without a word: aws backup update-region-settings --resource-type-opt-in-preference ${off.map((type) => `${type}=true`).join(",")}`;
  const found = `off: ${off.join(", ")}`;
  return begun
    ? blocks(part, found, todo)
    : advice(part, `${found} (AWS switches all on with an account's first plan)`, todo);
}

/** Which types of resources the region's backups take: a plan that selects by tag follows this, and says nothing. */
export const backupTypesCheck = defineCheck({
  id: "backup-types",
  subject: "Switches",
  source:
    "https://docs.aws.amazon.com/aws-backup/latest/devguide/working-with-supported-services.html#opt-in-resource-types",
  requirements: ["DATA-05"],
  gather: async ({ config: { environment } }, { ask }) => {
    const [settings, networks] = await Promise.all([
      ask("backup:DescribeRegionSettings", {}, environment.region),
      askNetworks(ask, environment),
    ]);
    return { settings, networks };
  },
  judge: ({ config }, { settings, networks }) => [
    judgeTypes(settings, hasBegun(config.environment, networks) === true),
  ],
});
