import type { StackConfig } from "../../../config/schema.ts";
import { keepCommand } from "../../../core/images.ts";
import { hasReached } from "../../../core/phases.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import type { FoundImage } from "../images.ts";
import { askImages, isKept, shortName } from "../images.ts";
import { refusalOf } from "../outcome.ts";

function judgeImages({ environment }: Pick<StackConfig, "environment">, images: readonly FoundImage[]): Line {
  const part = { what: "Images that run", needed: `${images.length} in the registry, each with its tag deployed.…` };
  const refusal = refusalOf(...images.map(({ tags }) => tags));
  if (refusal !== undefined) return unasked(part, refusal);
  const absent = images.filter(({ tags }) => tags.kind === "absent");
  const unkept = images.filter((image) => image.tags.kind === "answer" && !isKept(image));
  if (!hasReached(environment.phase, "services"))
    return ok(part, `${images.length - absent.length} are there; they are needed in the phase services`);
  const names = (some: readonly FoundImage[]) => some.map(shortName).join(", ");
  if (absent.length > 0)
    return blocks(
      part,
      `not there: ${names(absent)}`,
      'Push them again, or name images that exist (docs/first-up.md, "The services").',
    );
  if (unkept.length > 0)
    return blocks(
      part,
      `without the tag: ${names(unkept)}`,
      `The registry's clean-up may take what runs: ${keepCommand(environment.name)}`,
    );
  return ok(part, "all there, and kept from the clean-up");
}

/** The images of the stack file: that the registry has them, and knows that they run. */
export const imagesCheck = defineCheck({
  id: "images",
  subject: "Cluster",
  source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules",
  requirements: ["CLUS-10"],
  gather: ({ config }, { ask }) => askImages(ask, config),
  judge: ({ config }, images) => [judgeImages(config, images)],
});
