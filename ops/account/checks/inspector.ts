import type { Line } from "../check.ts";
import { advice, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

/** Inspector, which looks at images where the registry's scanning is the enhanced one. */
export const inspectorCheck = defineCheck({
  id: "inspector",
  subject: "The account's own safety",
  source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced-enabling.html",
  gather: ({ config: { environment } }, { ask }) =>
    ask("inspector2:BatchGetAccountStatus", { accountIds: [environment.accountId] }, environment.region),
  judge: ({ config: { registry } }, answer): readonly Line[] => {
    const part = {
      what: "Amazon Inspector",
      needed: registry.enhancedScanning
        ? "on for images: ECR switches it on"
        : "as you like: scanning is the basic one",
    };
    if (isRefusal(answer)) return [unasked(part, answer)];
    const [account] = valueOf(answer)?.accounts ?? [];
    const images = account?.resourceState?.ecr?.status ?? "DISABLED";
    const instances = account?.resourceState?.ec2?.status ?? "DISABLED";
    const found = `images ${images}, instances ${instances}`;
    return [
      instances === "ENABLED"
        ? ok(part, found)
        : advice(
            part,
            found,
            "aws inspector2 enable --resource-types EC2 ECR LAMBDA also looks at nodes and functions; it costs by the instance.",
          ),
    ];
  },
});
