import type { StackConfig } from "../../config/schema.ts";
import { isRunning } from "../../core/kinds.ts";
import { imageAddress, repositoryName, secretPath } from "../../core/names.ts";

/** An image without which pods cannot start. */
export interface NeededImage {
  /** Name of the repository in ECR. */
  readonly repository: string;
  /** `sha256:` and 64 digits. */
  readonly digest: string;
  /** What it is for, sorted: services, or their databases. */
  readonly users: readonly string[];
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

const byKey = <T>(groups: ReadonlyMap<string, T>): [string, T][] =>
  [...groups].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** What runs the image that makes the services' databases. */
const DATABASES = "the services' databases";

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

/** The images that the catalogue runs, and the one that makes the services' databases, each once, sorted. */
export function neededImages(config: Pick<StackConfig, "environment" | "registry" | "services">): NeededImage[] {
  const { catalogue, databaseClientImage } = config.services;
  const uses = catalogue
    .filter(isRunning)
    .flatMap(({ name, image, needs }) => [
      { image, user: name },
      ...(needs.database === null ? [] : [{ image: databaseClientImage, user: DATABASES }]),
    ]);
  return byKey(Map.groupBy(uses, ({ image }) => image)).map(([image, users]) => {
    const [name = "", digest = ""] = image.split("@");
    return {
      repository: repositoryName(config.environment, name),
      digest,
      users: [...new Set(users.map(({ user }) => user))].toSorted(),
      remedy: pushRemedy(config, name),
    };
  });
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
