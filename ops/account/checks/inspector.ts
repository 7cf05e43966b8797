import { ACCOUNT } from "../../../standards/account.ts";
import { notYet } from "../account-switch.ts";
import type { Line } from "../check.ts";
import { defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

/** Inspector, which looks for known weaknesses in images, instances and functions. */
export const inspectorCheck = defineCheck({
  id: "inspector",
  subject: "The account's own safety",
  source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-enabling.html",
  gather: ({ config: { environment } }, { ask }) =>
    ask("inspector2:BatchGetAccountStatus", { accountIds: [environment.accountId] }, environment.region),
  judge: ({ config: { account } }, answer): readonly Line[] => {
    const part = { what: "Amazon Inspector", needed: "on for images and instances" };
    if (isRefusal(answer)) return [unasked(part, answer)];
    const [first] = valueOf(answer)?.accounts ?? [];
    const images = first?.resourceState?.ecr?.status ?? "DISABLED";
    const instances = first?.resourceState?.ec2?.status ?? "DISABLED";
    const found = `images ${images}, instances ${instances}`;
    if (images === "ENABLED" && instances === "ENABLED") return [ok(part, found)];
    const types = ACCOUNT.inspectedResources.join(" ");
    return [notYet(part, found, account.inspector, `aws inspector2 enable --resource-types ${types}`)];
  },
});
