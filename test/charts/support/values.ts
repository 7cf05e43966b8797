import { isRecord } from "../../../core/records.ts";

/**
 * Values that change neither ports, labels, selectors, security contexts nor webhooks: how many, how large, where and with
 * which settings of its own. Their change asks for no new record.
 */
const WITHOUT_SHAPE = new Set([
  "env",
  "nodeSelector",
  "podDisruptionBudget",
  "priorityClassName",
  "replicaCount",
  "replicas",
  "resources",
  "topologySpreadConstraints",
]);

/** The values that shape what is recorded of a chart. */
export function shaping(values: unknown): unknown {
  if (Array.isArray(values)) return values.map(shaping);
  if (!isRecord(values)) return values;
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => !WITHOUT_SHAPE.has(key))
      .map(([key, value]) => [key, shaping(value)]),
  );
}
