import { BatchGetImageCommand, ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";

import type { Context } from "../../cli/command.ts";
import { messageOf, UserError } from "../../cli/errors.ts";
import { createAsk } from "../account/ask.ts";
import { awsTransport } from "../account/aws.ts";
import type { FoundImage } from "../account/images.ts";
import { askImages, isKept, shortName } from "../account/images.ts";
import { refusalOf } from "../account/outcome.ts";
import { holderOf } from "../account/policy.ts";
import { configurationOf } from "../account/run.ts";
import { openSession } from "../account/session.ts";

/** Forms in which a registry may hold an image; the answer is the one in which it was pushed, so that the digest stays. */
const MANIFESTS = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/**
 * Gives an image one more tag; nothing is pulled or pushed. The digest is sent too: another manifest would be refused.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-retag.html
 */
async function addTag(client: ECRClient, { repository, digest, tag }: FoundImage): Promise<void> {
  const { images: [image] = [] } = await client.send(
    new BatchGetImageCommand({
      repositoryName: repository,
      imageIds: [{ imageDigest: digest }],
      acceptedMediaTypes: MANIFESTS,
    }),
  );
  if (image?.imageManifest === undefined) throw new Error("the registry does not hand out its manifest");
  try {
    await client.send(
      new PutImageCommand({
        repositoryName: repository,
        imageManifest: image.imageManifest,
        imageManifestMediaType: image.imageManifestMediaType,
        imageDigest: digest,
        imageTag: tag,
      }),
    );
  } catch (error) {
    // Somebody else was quicker: this image has this tag.
    if (!(error instanceof Error && error.name === "ImageAlreadyExistsException")) throw error;
  }
}

/** Every image of an environment, as its account's registry has it. */
async function look(name: string, { home, variables }: Context) {
  const config = configurationOf(home, name);
  const { region } = config.environment;
  const endpoint = variables["AWS_ENDPOINT_URL"];
  const { transport, expiry } = awsTransport({ region, endpoint });
  await openSession(transport, config.environment, { expiry, now: new Date() });
  const found = await askImages(createAsk(transport, holderOf(config), { asked: 0, answered: 0 }), config);
  const refusal = refusalOf(...found.map(({ tags }) => tags));
  if (refusal !== undefined)
    throw new UserError(
      "aws-refused",
      `The registry could not be asked: ${refusal.action} in ${region}: ${refusal.code}: ${refusal.message}`,
    );
  return { found, client: new ECRClient({ region, ...(endpoint === undefined ? {} : { endpoint }) }) };
}

/** What there is to tell; each list as it is in the registry. */
interface Answer {
  readonly environment: string;
  readonly absent: readonly FoundImage[];
  readonly unkept: readonly FoundImage[];
  readonly all: readonly FoundImage[];
}

const step = (image: FoundImage) => `${shortName(image)} gets the tag ${image.tag}`;

function tell({ environment, absent, unkept, all }: Answer, json: boolean, { output }: Context): void {
  if (json) {
    const names = (some: readonly FoundImage[]) => some.map(({ repository, digest }) => `${repository}@${digest}`);
    const tags = all.map(({ repository, digest, tag }) => ({ image: `${repository}@${digest}`, tag }));
    output.write(`${JSON.stringify({ environment, images: tags, absent: names(absent), marked: names(unkept) })}\n`);
    return;
  }
  if (absent.length > 0) {
    const lines = absent.map(({ repository, digest, users }) => `  ${repository}@${digest}, for ${users.join(", ")}\n`);
    output.write(
      `The registry does not have what Pulumi.${environment}.yaml names:\n${lines.join("")}Push it again, or name what exists. Nothing was changed.\n`,
    );
    return;
  }
  output.write(
    `${unkept.map((image) => `${step(image)}\n`).join("")}All ${all.length} images of ${environment} are kept.\n`,
  );
}

/** Marks what is not marked yet; answers the exit code. */
export async function keep(environment: string, json: boolean, context: Context): Promise<number> {
  const { found: all, client } = await look(environment, context);
  const absent = all.filter(({ tags }) => tags.kind === "absent");
  const unkept = absent.length > 0 ? [] : all.filter((image) => !isKept(image));
  const answer = { environment, absent, unkept, all };
  if (unkept.length === 0) {
    tell(answer, json, context);
    return absent.length > 0 ? 1 : 0;
  }
  return context.act({ steps: unkept.map(step), question: "Keep them?" }, async () => {
    for (const image of unkept) {
      await addTag(client, image).catch((error: unknown) => {
        throw new UserError(
          "image-not-kept",
          `${shortName(image)} could not be given the tag ${image.tag}: ${messageOf(error)}`,
          "Images before it in the list have theirs; run the command again once the reason is gone.",
        );
      });
    }
    tell(answer, json, context);
    return 0;
  });
}
