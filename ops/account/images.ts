import type { StackConfig } from "../../config/schema.ts";
import type { RunningImage } from "../../core/images.ts";
import { imagesOf } from "../../core/images.ts";
import { deployedTag } from "../../core/names.ts";
import type { Ask } from "./ask.ts";
import type { Outcome } from "./outcome.ts";

/** An image that the environment runs, as its registry has it. */
export interface FoundImage extends RunningImage {
  /** By it the registry's clean-up knows what runs. */
  readonly tag: string;
  /** Its tags; absent when the registry has no such image. */
  readonly tags: Outcome<readonly string[]>;
}

/** As it stands in a row, short enough for a line. */
export const shortName = ({ repository, digest }: Pick<RunningImage, "repository" | "digest">): string =>
  `${repository}@${digest.slice(0, "sha256:".length + 12)}`;

/** Whether the clean-up leaves the image. */
export const isKept = ({ tag, tags }: FoundImage): boolean => tags.kind === "answer" && tags.value.includes(tag);

/** Looks for every image of the stack file. */
export function askImages(ask: Ask, config: Pick<StackConfig, "environment" | "services">): Promise<FoundImage[]> {
  return Promise.all(
    imagesOf(config.environment, config.services).map(async (image): Promise<FoundImage> => {
      const answer = await ask(
        "ecr:DescribeImages",
        { repositoryName: image.repository, imageIds: [{ imageDigest: image.digest }] },
        config.environment.region,
      );
      const tag = deployedTag(config.environment, image.digest);
      if (answer.kind !== "answer") return { ...image, tag, tags: answer };
      return { ...image, tag, tags: { kind: "answer", value: answer.value.imageDetails[0]?.imageTags ?? [] } };
    }),
  );
}
