import type { ApiSettings } from "../../../config/blocks/services/service.ts";
import { api, IMAGE } from "../../support/services.ts";
import type { KubernetesObject } from "../support/kubectl.ts";
import { isReady } from "../support/kubectl.ts";
import type { ReleaseLab, Up } from "../support/release-lab.ts";
import type { Asked } from "./program.ts";

export const NAME = "gateway";
export const NAMESPACE = "shop";
const ACTION = "alb.ingress.kubernetes.io/actions.gateway";

/** An image by one letter that stands for its digest. */
const imageOf = (letter: string) => IMAGE.replace(/:[0-9a-f]+$/, `:${letter.repeat(64)}`);

export interface Release extends Partial<Omit<Asked, "service" | "seconds">> {
  readonly image: string;
  /** Image of the migrations; absent: the service has none. */
  readonly migrated?: string;
  /** Seconds for which `up` may wait. */
  readonly wait?: number;
}

/** A release of a service of the largest size: its quantities are those that have two spellings. */
export function asked(strategy: ApiSettings["strategy"], { image, migrated, wait = 180, ...rest }: Release): Asked {
  const migrations = { command: ["/app/migrate", "up"], lockTimeoutSeconds: 5, timeoutSeconds: 20 };
  const database = { name: "gateway", poolSize: 5, extensions: [] };
  return {
    service: api({
      strategy,
      profile: "large",
      image: imageOf(image),
      ...(migrated === undefined
        ? {}
        : { migrations: { ...migrations, image: imageOf(migrated) }, needs: { ...api().needs, database } }),
    }),
    shutdown: false,
    idleTimeoutSeconds: 60,
    // Longer than the 30 seconds for which Argo Rollouts keeps old pods, shorter than anybody's patience.
    seconds: { step: 2, deadline: 45, wait },
    ...rest,
  };
}

/** What a step led to, in what is the same in every run. */
export interface Answer {
  readonly step: string;
  readonly up: "succeeded" | "failed";
  /** The API server's reasons for a refusal. */
  readonly conflicts: readonly string[];
  /** Whether Argo Rollouts calls it healthy; when it does not, how far it has got depends on the machine. */
  readonly healthy: boolean;
  /** Letters of the images of ready pods; a blue-green service keeps those of the former version for a while. */
  readonly ready: string;
  readonly replicas: number;
  /** What the program had `up` wait for. */
  readonly waitFor: string;
  /** Which manager owns what both write. */
  readonly owners: Readonly<Record<string, readonly string[]>>;
  readonly cpu: string;
  /** Shares of a canary, as they stand in the Ingress. */
  readonly shares?: string;
}

interface ManagedFields {
  readonly manager: string;
  readonly operation: string;
  readonly fieldsV1: unknown;
}

interface LiveObject extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & {
    readonly annotations?: Readonly<Record<string, string>>;
    readonly managedFields: readonly ManagedFields[];
  };
  readonly spec: KubernetesObject["spec"] & { readonly replicas?: number };
}

const read = async (lab: ReleaseLab, kind: string): Promise<LiveObject> =>
  JSON.parse(await lab.kubectl.must(["get", kind, NAME, "-n", NAMESPACE, "-o", "json", "--show-managed-fields"]));

/** Managers of a field, without the random ending that the provider gives its own. */
function ownersOf({ metadata }: LiveObject, field: string): string[] {
  const owners = metadata.managedFields.filter(({ fieldsV1 }) => JSON.stringify(fieldsV1).includes(`"f:${field}"`));
  return [...new Set(owners.map(({ manager }) => manager.replace(/^(pulumi-kubernetes).*/, "$1")))].toSorted();
}

/** Looks at everything after a step. */
export async function look(lab: ReleaseLab, step: string, { status, output }: Up): Promise<Answer> {
  const rollout = await read(lab, "rollout");
  const ingress = await read(lab, "ingress");
  const services = await read(lab, "service");
  const pods = await lab.kubectl.list("pods", "-n", NAMESPACE, "-l", `app.kubernetes.io/name=${NAME}`);
  const images = pods
    .filter(isReady)
    .flatMap(({ spec }) => (spec.containers ?? []).map(({ image }) => image.at(-1) ?? ""));
  const shares = ingress.metadata.annotations?.[ACTION];
  const text = JSON.stringify(rollout.spec.template);
  return {
    step,
    up: status === 0 ? "succeeded" : "failed",
    conflicts: [
      ...new Set(output.match(/conflict with "[^"]+"[^:\n]*: ?\.[^\n,]+|conflicts? with [^\n]+/g) ?? []),
    ].toSorted(),
    healthy: rollout.status?.phase === "Healthy",
    ready: [...new Set(images)].toSorted().join(""),
    replicas: rollout.spec.replicas ?? 0,
    waitFor: rollout.metadata.annotations?.["pulumi.com/waitFor"] ?? "",
    owners: {
      "Rollout cpu": ownersOf(rollout, "cpu"),
      "Rollout replicas": ownersOf(rollout, "replicas"),
      "Ingress shares": ownersOf(ingress, ACTION),
      "Service selector": ownersOf(services, "selector"),
    },
    cpu: /"requests":\{"cpu":"([^"]+)"/.exec(text)?.[1] ?? "",
    ...(shares === undefined ? {} : { shares }),
  };
}
