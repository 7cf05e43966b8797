import { isRunning, isServing } from "./kinds.ts";
import type { Scope } from "./names.ts";
import { repositoryName } from "./names.ts";

/** A row with pods, as far as its images go. */
interface Runs {
  readonly name: string;
  readonly image: string;
  readonly needs: { readonly database: object | null };
}

/** A row of the service catalogue. */
type Row =
  | { readonly kind: "frontend" }
  | ({ readonly kind: "job" } & Runs)
  | ({ readonly kind: "api" | "worker"; readonly migrations: { readonly image: string } | null } & Runs);

/** An image that pods of the environment run. */
export interface RunningImage {
  /** Name as the stack file has it, without the project's part. */
  readonly name: string;
  /** Name of the repository in ECR. */
  readonly repository: string;
  /** `sha256:` and 64 digits. */
  readonly digest: string;
  /** What it is for, sorted: services, or their databases. */
  readonly users: readonly string[];
}

/** What runs the image that makes the services' databases. */
const DATABASES = "the services' databases";

/**
 * The images that the catalogue runs, those of its migrations, and the one that makes the services' databases: each once,
 * sorted.
 */
export function imagesOf(
  project: Pick<Scope, "prefix">,
  { catalogue, databaseClientImage }: { readonly catalogue: readonly Row[]; readonly databaseClientImage: string },
): RunningImage[] {
  const uses = catalogue
    .filter(isRunning)
    .flatMap((service) => [
      { image: service.image, user: service.name },
      ...(isServing(service) && service.migrations !== null
        ? [{ image: service.migrations.image, user: service.name }]
        : []),
      ...(service.needs.database === null ? [] : [{ image: databaseClientImage, user: DATABASES }]),
    ]);
  return [...Map.groupBy(uses, ({ image }) => image)]
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([image, users]) => {
      const [name = "", digest = ""] = image.split("@");
      return {
        name,
        repository: repositoryName(project, name),
        digest,
        users: [...new Set(users.map(({ user }) => user))].toSorted(),
      };
    });
}

/** What tells the registry's clean-up which images an environment runs. */
export function keepCommand(environment: string): string {
  return `npm run images -- keep ${environment}`;
}
