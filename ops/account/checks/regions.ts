import type { StackConfig } from "../../../config/schema.ts";
import { NOTIFY } from "../../../standards/notify.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

/** Every region in which the environment has something, with what for. */
export function regionsOf({ environment, backup }: StackConfig): ReadonlyMap<string, string> {
  const uses: readonly (readonly [string, string])[] = [
    [environment.region, "everything"],
    [backup.copyRegion, "copies of backups"],
    [NOTIFY.globalRegion, "CDN, DNS, billing"],
  ];
  const regions = new Map<string, string>();
  for (const [region, use] of uses) regions.set(region, [regions.get(region) ?? [], use].flat().join(", "));
  return regions;
}

function judgeRegion(region: string, use: string, answer: OutcomeOf<"ec2:DescribeRegions">): Line {
  const part = { what: `Region ${region}`, needed: `switched on (${use})` };
  if (isRefusal(answer)) return unasked(part, answer);
  const status = valueOf(answer)?.Regions?.find(({ RegionName }) => RegionName === region)?.OptInStatus;
  if (status === "opt-in-not-required" || status === "opted-in") return ok(part, status);
  return status === undefined
    ? blocks(part, "no such region", "Name another region in the stack file.")
    : blocks(
        part,
        status,
        `Switch it on: aws account enable-region --region-name ${region}; it takes minutes to hours.`,
      );
}

/** Regions opened after March 2019 are off until the account switches them on; every call there fails before. */
export const regionsCheck = defineCheck({
  id: "regions",
  subject: "Region and zones",
  source: "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html",
  gather: ({ config }, { ask }) => ask("ec2:DescribeRegions", { AllRegions: true }, config.environment.region),
  judge: ({ config }, answer) => Array.from(regionsOf(config), ([region, use]) => judgeRegion(region, use, answer)),
});
