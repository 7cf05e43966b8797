import type { StackConfig } from "../../config/schema.ts";
import type { RunningImage } from "../../core/images.ts";
import { imagesOf } from "../../core/images.ts";
import { isRunning } from "../../core/kinds.ts";
import { deployedTag, imageAddress, secretPath } from "../../core/names.ts";

/** An image without which pods cannot start. */
export interface NeededImage extends RunningImage {
  /** By it the registry's clean-up knows what runs. */
  readonly tag: string;
  /** How it comes there, as one sentence with the command. */
  readonly remedy: string;
}

/** A secret whose value a person puts in. */
export interface NeededSecret {
  /** Name in Secrets Manager. */
  readonly name: string;
  /** Services whose pods cannot start without it, sorted; none for what services do without. */
  readonly readers: readonly string[];
  readonly remedy: string;
}

/** What a registry is told who pushes; without it a push is refused. */
export function loginCommand({ environment, registry }: Pick<StackConfig, "environment" | "registry">): string {
  const accountId = registry.owner ? environment.accountId : registry.peerAccountId;
  const [host = ""] = imageAddress({ ...environment, accountId }, "").split("/");
  return (
    `aws ecr get-login-password --region ${environment.region} | ` +
    `docker login --username AWS --password-stdin ${host}`
  );
}

function pushRemedy({ environment, registry }: Pick<StackConfig, "environment" | "registry">, name: string): string {
  if (registry.owner)
    return `docker push ${imageAddress(environment, name)}:<tag>, and the digest that it prints goes into the stack file.`;
  const owner = { ...environment, accountId: registry.peerAccountId };
  return (
    `docker push ${imageAddress(owner, name)}:<tag>: the account ${registry.peerAccountId} owns the images and copies here ` +
    "what is pushed from now on; what it had before is pushed again."
  );
}

/** The images that the environment runs, each with its way there. */
export function neededImages(config: Pick<StackConfig, "environment" | "registry" | "services">): NeededImage[] {
  return imagesOf(config.environment, config.services).map((image) => ({
    ...image,
    tag: deployedTag(config.environment, image.digest),
    remedy: pushRemedy(config, image.name),
  }));
}

/** The secrets that begin without a value, sorted by name. */
export function neededSecrets({
  environment,
  secrets,
  services,
}: Pick<StackConfig, "environment" | "secrets" | "services">): NeededSecret[] {
  const readersOf = (entry: string) =>
    services.catalogue
      .filter((service) => isRunning(service) && Object.values(service.environment.secrets).includes(entry))
      .map(({ name }) => name)
      .toSorted();
  return secrets.catalogue
    .filter(({ kind }) => kind === "manual")
    .map(({ namespace, name: entry }) => {
      const name = secretPath.inNamespace(environment, namespace, entry);
      return {
        name,
        readers: readersOf(entry),
        remedy: `aws secretsmanager put-secret-value --region ${environment.region} --secret-id ${name} --secret-string file://<file with the value>`,
      };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
