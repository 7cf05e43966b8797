import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

/** Who may have made an image, for EKS' own to be among them: the alias of AWS, or the account that publishes them. */
const EKS_PROVIDERS = ["amazon", "602401143452"];

function judgeSettings(answer: OutcomeOf<"ec2:GetAllowedImagesSettings">): Line {
  const part = { what: "Allowed images", needed: `off, or ${EKS_PROVIDERS.join(" or ")} allowed` };
  if (isRefusal(answer)) return unasked(part, answer);
  const { State = "disabled", ImageCriteria = [] } = valueOf(answer) ?? {};
  if (State === "disabled") return ok(part, "off");
  const providers = ImageCriteria.flatMap(({ ImageProviders }) => ImageProviders ?? []);
  const found = `${State}, for ${providers.join(", ") || "nobody"}`;
  if (providers.some((provider) => EKS_PROVIDERS.includes(provider))) return ok(part, found);
  const todo = "Add the provider amazon to the region's allowed images: no node could start.";
  return State === "enabled" ? blocks(part, found, todo) : advice(part, found, todo);
}

/** The region's list of who may have made an image that is started. */
export const allowedImagesCheck = defineCheck({
  id: "allowed-images",
  subject: "Switches",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-allowed-amis.html",
  gather: ({ config }, { ask }) => ask("ec2:GetAllowedImagesSettings", {}, config.environment.region),
  judge: (_target, answer) => [judgeSettings(answer)],
});
