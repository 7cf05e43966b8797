import { NOTIFY } from "../../../standards/notify.ts";
import { TAGS } from "../../../standards/tags.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

/** Tags that everything carries and that costs are read by; billing knows all of them or none. */
const KEYS = [TAGS.environment, TAGS.managedBy];

/** Whether billing knows our tags: it does a day after their first use, and in the account that pays only. */
export const costTagsCheck = defineCheck({
  id: "cost-tags",
  subject: "Costs",
  source: "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html",
  gather: (_target, { ask }) =>
    ask("ce:ListCostAllocationTags", { TagKeys: KEYS, Type: "UserDefined" }, NOTIFY.globalRegion),
  judge: ({ config: { budget } }, answer): readonly Line[] => {
    const wanted = budget.activateCostAllocationTags;
    const part = {
      what: "Tags in billing",
      needed: wanted ? `billing knows ${KEYS.join(", ")}` : "nothing yet: their activation is off",
    };
    if (!wanted && isRefusal(answer)) return [ok(part, "not needed")];
    if (isRefusal(answer)) return [unasked(part, answer)];
    const known = valueOf(answer)?.CostAllocationTags?.flatMap(({ TagKey }) => TagKey ?? []) ?? [];
    const missing = KEYS.filter((key) => !known.includes(key));
    const found = missing.length === 0 ? "known" : `not known: ${missing.join(", ")}`;
    if (missing.length === 0 || !wanted) return [ok(part, found)];
    return [
      blocks(
        part,
        found,
        "Set budget.activateCostAllocationTags to false until a day after the first up; only the account that pays may set it.",
      ),
    ];
  },
});
