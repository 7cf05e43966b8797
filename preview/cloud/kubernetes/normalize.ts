import { isRecord } from "../../../core/records.ts";
import { holdsUnknown, isOpen, withoutNulls } from "../paths.ts";
import { canonicalQuantity } from "./quantity.ts";

/** API groups whose kinds are built into Kubernetes: these the provider takes through their typed form. */
const BUILT_IN =
  /^kubernetes:(core|apps|batch|autoscaling|policy|(?:admissionregistration|networking|rbac\.authorization|scheduling|storage|apiextensions|coordination|discovery|node)\.k8s\.io)\//;

/** Whether Kubernetes itself knows the kind; objects of others keep their spelling. */
export const isBuiltIn = (type: string): boolean => BUILT_IN.test(type);

/** Fields whose values are texts or maps of the user's own: what is empty in them stays. */
const FREE = new Set([
  "annotations",
  "binaryData",
  "data",
  "labels",
  "matchLabels",
  "nodeSelector",
  "parameters",
  "selector",
  "stringData",
]);

/** Fields with a quantity in every entry, and those that are one. */
const QUANTITY_MAPS = new Set([
  "capacity",
  "default",
  "defaultRequest",
  "hard",
  "limits",
  "max",
  "maxLimitRequestRatio",
  "min",
  "requests",
]);
const QUANTITIES = new Set(["averageValue", "divisor", "sizeLimit"]);

/** Maps that vanish when they are empty. */
const OPTIONAL_MAPS = new Set(["annotations", "labels", "limits", "matchLabels", "nodeSelector", "requests"]);

/** Switches that vanish when they are off: of others false and absent differ. */
const PLAIN_SWITCHES = new Set(["hostIPC", "hostNetwork", "hostPID", "readOnly", "stdin", "stdinOnce", "tty"]);

/** Texts of which an empty one is a value. */
const TEXT_POINTERS = new Set(["storageClassName", "volumeName"]);

function quantities(map: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [
      key,
      typeof value === "string" || typeof value === "number" ? canonicalQuantity(value) : value,
    ]),
  );
}

function normalizedField(key: string, value: unknown): unknown {
  if (QUANTITIES.has(key) && (typeof value === "string" || typeof value === "number")) return canonicalQuantity(value);
  if (isOpen(value) && OPTIONAL_MAPS.has(key) && Object.keys(value).length === 0) return undefined;
  if (isOpen(value) && QUANTITY_MAPS.has(key)) return quantities(value);
  // A selector is a map of labels in a Service, and a map of fields elsewhere: neither holds what would vanish.
  if (FREE.has(key)) return value;
  if (value === "" && !TEXT_POINTERS.has(key)) return undefined;
  if (value === false && PLAIN_SWITCHES.has(key)) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(normalized);
  return normalized(value);
}

/** A part of an object after the way through its typed form and back. */
function normalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalized);
  if (!isOpen(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const changed = normalizedField(key, item);
      return changed === undefined ? [] : [[key, changed]];
    }),
  );
}

/** Texts of a Secret move into its data. */
function withSecretData(inputs: Record<string, unknown>): Record<string, unknown> {
  const { stringData, ...others } = inputs;
  if (!isOpen(stringData)) return inputs;
  const encoded = Object.entries(stringData).map(([key, value]) => [
    key,
    typeof value === "string" ? Buffer.from(value).toString("base64") : value,
  ]);
  return { ...others, data: { ...(isRecord(others["data"]) ? others["data"] : {}), ...Object.fromEntries(encoded) } };
}

/** An object of a built-in kind as its typed form holds it: nulls and empty optional fields gone, quantities respelled. */
export function normalizedObject(type: string, object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const plain = withoutNulls(object);
  if (!isRecord(plain)) return { ...object };
  const result = normalized(plain);
  if (!isRecord(result)) return { ...object };
  return type === "kubernetes:core/v1:Secret" ? withSecretData(result) : result;
}

/** What the Kubernetes provider's Check makes of the program's inputs. What it cannot type stays as it is. */
export function checkedObject(type: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return isBuiltIn(type) && !type.endsWith("Patch") && !holdsUnknown(inputs)
    ? normalizedObject(type, inputs)
    : structuredClone(inputs);
}
