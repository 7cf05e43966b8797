import { isRecord } from "../../core/records.ts";

/** Properties as they travel between program, engine and policies: plain data with a few signed objects in it. */
export type Properties = Record<string, unknown>;

/** What the protocol sends in place of a value that is not known before the deployment. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key that turns an object into something special; its value says what. */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";

const SIGNATURES = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
} as const;

export function isSecret(value: unknown): value is Properties {
  return isRecord(value) && value[SIGNATURE_KEY] === SIGNATURES.secret;
}

/** Marks a value as secret; what is one already stays as it is. */
export function makeSecret(value: unknown): Properties {
  return isSecret(value) ? value : { [SIGNATURE_KEY]: SIGNATURES.secret, value: value ?? null };
}

/** Whether a value is, or holds, a secret. */
export function holdsSecret(value: unknown): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return value.some(holdsSecret);
  return isRecord(value) && Object.values(value).some(holdsSecret);
}

/** Applies `change` to each value below a record. */
function mapValues(record: Properties, change: (value: unknown) => unknown): Properties {
  const result: Properties = {};
  for (const [key, value] of Object.entries(record)) result[key] = change(value);
  return result;
}

/** What the engine hands on in place of a reference to a resource: its id, or the URN of what has none. */
function plainReference(reference: Properties): unknown {
  const id = reference["id"];
  return typeof id === "string" && id !== "" ? id : reference["urn"];
}

/** What the engine hands on in place of an output with its dependencies: its value, secret or unknown where it was. */
function plainOutput(output: Properties): unknown {
  const value = "value" in output ? toPlain(output["value"]) : UNKNOWN;
  return output["secret"] === true ? makeSecret(value) : value;
}

/**
 * Takes references and outputs out of a value, as the engine does before it asks providers and policies.
 * Secrets, unknowns, assets and archives stay.
 */
export function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlain);
  if (!isRecord(value)) return value;
  switch (value[SIGNATURE_KEY]) {
    case SIGNATURES.resource:
      return plainReference(value);
    case SIGNATURES.output:
      return plainOutput(value);
    case SIGNATURES.asset:
    case SIGNATURES.archive:
      // The SDK's own marks on the object are not part of the value.
      return mapValues(
        Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith("__pulumi"))),
        toPlain,
      );
    default:
      return mapValues(value, toPlain);
  }
}

/** All properties of a resource, plain. */
export function plainProperties(properties: Properties): Properties {
  return mapValues(properties, toPlain);
}

/** What readers see in place of a secret. */
export const MASK = "[secret]";

/** A value for readers: secrets masked, unknowns named, files and archives by what they hold. */
export function masked(value: unknown): unknown {
  if (value === UNKNOWN) return "[unknown]";
  if (Array.isArray(value)) return value.map(masked);
  if (!isRecord(value)) return value;
  switch (value[SIGNATURE_KEY]) {
    case SIGNATURES.secret:
      return MASK;
    case SIGNATURES.asset:
    case SIGNATURES.archive:
      return mapValues(Object.fromEntries(Object.entries(value).filter(([key]) => key !== SIGNATURE_KEY)), masked);
    default:
      return mapValues(value, masked);
  }
}

/** A value with its secrets in clear. */
export function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (!isRecord(value)) return value;
  return isSecret(value) ? unwrapped(value["value"]) : mapValues(value, unwrapped);
}
