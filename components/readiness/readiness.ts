import { getImage } from "@pulumi/aws/ecr/index.js";
import type { Provider } from "@pulumi/aws/provider.js";
import { getSecretVersions } from "@pulumi/aws/secretsmanager/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { StackConfig } from "../../config/schema.ts";
import { keepCommand } from "../../core/images.ts";
import { hasReached } from "../../core/phases.ts";
import { loginCommand, neededImages, neededSecrets } from "./needs.ts";

export interface ReadinessArgs {
  readonly config: StackConfig;
  /** Of the environment's account and region. */
  readonly provider: Provider;
}

/** Something that is not there, for people. */
interface Missing {
  readonly what: string;
  readonly remedy: string;
  /** True for an image that is there, and that the registry's clean-up may take from under the pods. */
  readonly isUnkept?: boolean;
}

const current = (stages: readonly string[]) => stages.includes("AWSCURRENT");

/** Why a look-up failed, in AWS' words: not there, or nobody may look. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const words = message.replaceAll(/\s+/g, " ").trim();
  return words === "" ? "AWS gives no reason" : words;
}

async function missingImages({ config, provider }: ReadinessArgs): Promise<(Missing | undefined)[]> {
  return Promise.all(
    neededImages(config).map(async ({ repository, digest, tag, users, remedy }) => {
      const what = `image ${repository}@${digest}, for ${users.join(", ")}`;
      const image = { repositoryName: repository, imageDigest: digest };
      const isKept = await getImage({ ...image, imageTag: tag }, { provider }).then(
        ({ imageTags }) => imageTags.includes(tag),
        () => false,
      );
      if (isKept) return undefined;
      try {
        await getImage(image, { provider });
        return {
          what: `${what}: without the tag ${tag}`,
          remedy: keepCommand(config.environment.name),
          isUnkept: true,
        };
      } catch (error) {
        return { what: `${what}: ${reason(error)}`, remedy };
      }
    }),
  );
}

/** Versions are listed, values never read: nothing of a secret reaches the program or the state. */
async function missingValues({ config, provider }: ReadinessArgs): Promise<(Missing | undefined)[]> {
  const read = neededSecrets(config).filter(({ readers }) => readers.length > 0);
  return Promise.all(
    read.map(async ({ name, readers, remedy }) => {
      const what = `value of the secret ${name}, of ${readers.join(", ")}`;
      try {
        const { versions } = await getSecretVersions({ secretId: name }, { provider });
        if (versions.some(({ versionStages }) => current(versionStages))) return undefined;
        return { what: `${what}: it has none yet`, remedy };
      } catch (error) {
        return { what: `${what}: ${reason(error)}`, remedy };
      }
    }),
  );
}

/** What is wrong as a whole, in one sentence. */
function headline(name: string, missing: readonly Missing[], all: number): string {
  const absent = missing.filter(({ isUnkept }) => isUnkept !== true).length;
  return absent > 0
    ? `The services of ${name} cannot start: of ${all} images and values, ${absent} are not there.`
    : `The registry's clean-up does not know of ${missing.length} images that ${name} is to run, and may take them from under the pods.`;
}

/**
 * Ends an `up` in the phase `services` whose images or values are not all there, or whose images are not kept from the
 * registry's clean-up, with everything that is missing, before a resource is touched: without them pods would wait for their
 * limits, and jobs fail. Earlier phases need neither. A preview is warned only. Await it before the first resource of the
 * environment.
 */
export async function requireReadiness(args: ReadinessArgs): Promise<void> {
  const { environment } = args.config;
  if (!hasReached(environment.phase, "services")) return;
  const asked = await Promise.all([missingImages(args), missingValues(args)]);
  const missing = asked.flat().filter((item) => item !== undefined);
  if (missing.length === 0) return;
  const isImageMissing = asked[0].some((item) => item !== undefined && item.isUnkept !== true);
  const message = [
    headline(environment.name, missing, asked.flat().length),
    ...missing.flatMap(({ what, remedy }) => [`  ${what}`, `    do: ${remedy}`]),
    ...(isImageMissing ? [`Log in to the registry before a push: ${loginCommand(args.config)}`] : []),
    `An environment that is not up yet begins with environment.phase: foundation in Pulumi.${environment.name}.yaml; see docs/first-up.md.`,
  ].join("\n");
  if (pulumi.runtime.isDryRun()) await pulumi.log.warn(message);
  else throw new pulumi.RunError(`${message}\nNothing was changed.`);
}
