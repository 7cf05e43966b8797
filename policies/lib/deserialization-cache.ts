import { createRequire } from "node:module";

type Deserialize = (struct: object | undefined, keepSecrets: boolean) => object;

interface DeserializeModule {
  deserializeProperties: Deserialize;
}

function hasDeserialize(module: unknown): module is DeserializeModule {
  return (
    typeof module === "object" &&
    module !== null &&
    "deserializeProperties" in module &&
    typeof module.deserializeProperties === "function"
  );
}

/**
 * Makes the SDK unpack a resource's properties once a request instead of once a policy.
 * The SDK's server unpacks them again for every policy that has several types or judges the stack: 0.13 ms per
 * resource and policy, the largest part of a run with many policies. Rules only read, so they can share.
 * The cache lives as long as the request's own message. Without that module (another SDK), nothing is changed.
 */
export function cacheDeserialization(): void {
  const module: unknown = createRequire(import.meta.url)("@pulumi/policy/deserialize.js");
  if (!hasDeserialize(module)) return;
  const original = module.deserializeProperties;
  const unpacked = new WeakMap<object, object>();
  module.deserializeProperties = (struct, keepSecrets) => {
    // Remediations may write to what they are given: they keep a copy of their own.
    if (struct === undefined || keepSecrets) return original(struct, keepSecrets);
    const known = unpacked.get(struct);
    if (known !== undefined) return known;
    const fresh = original(struct, keepSecrets);
    unpacked.set(struct, fresh);
    return fresh;
  };
}
