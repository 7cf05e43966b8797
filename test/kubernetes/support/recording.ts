import { isRecord } from "../../../core/records.ts";
import { liveObject } from "../../../preview/cloud/kubernetes/live.ts";

type Json = Record<string, unknown>;

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** What every object has and nobody compares: identity, times, and what the controllers report. */
const BOOKKEEPING = new Set([
  "metadata.creationTimestamp",
  "metadata.generation",
  "metadata.managedFields",
  "metadata.resourceVersion",
  "metadata.uid",
  "status",
]);

/** Values that the cluster chooses: both must have one. */
const CHOSEN = /(?:^spec\.clusterIPs?(?:\[0\])?|\.nodePort|controller-uid"?\]?|^spec\.replicas)$/;

/** Annotations and labels that a controller adds when it gets to it: not there, they may still come. */
const LATE = /^metadata\.(?:annotations\["(?:deployment\.kubernetes\.io|autoscaling\.alpha)|finalizers)/;

const step = (path: string, key: string) =>
  /^[A-Za-z0-9_-]+$/.test(key) ? (path === "" ? key : `${path}.${key}`) : `${path}["${key}"]`;

const show = (value: unknown) => (value === undefined ? "nothing" : JSON.stringify(value));

/** Where the API server's object and the recorded answer differ, as "path: the API server has …, the recording …". */
function differencesAt(real: unknown, recorded: unknown, path: string): string[] {
  if (BOOKKEEPING.has(path)) return [];
  if (isRecord(real) && isRecord(recorded))
    return [...new Set([...Object.keys(real), ...Object.keys(recorded)])]
      .toSorted()
      .flatMap((key) => differencesAt(real[key], recorded[key], step(path, key)));
  if (Array.isArray(real) && Array.isArray(recorded) && real.length === recorded.length)
    return real.flatMap((item, index) => differencesAt(item, recorded[index], `${path}[${index}]`));
  if (real === recorded || (CHOSEN.test(path) && real !== undefined && recorded !== undefined)) return [];
  if (LATE.test(path) && (real === undefined || recorded === undefined)) return [];
  return [`${path}: the API server has ${show(real)}, the recording ${show(recorded)}`];
}

const typeOf = ({ apiVersion, kind }: Manifest) =>
  `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;

/** How the answer of the preview's cloud to a manifest differs from the object that a real API server made of it. */
export function differences(manifest: Manifest, real: Json): string[] {
  const type = typeOf(manifest);
  const { name } = manifest.metadata;
  // An object is what the program writes, with its own kind in front.
  const recorded = liveObject(type, name, `urn:pulumi:test::project::${type}::${name}`, { ...manifest });
  return differencesAt(real, recorded, "").map((difference) => `${manifest.kind} ${name}: ${difference}`);
}
