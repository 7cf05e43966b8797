import type { Policies } from "@pulumi/policy";

import { kmsRotation } from "./rules/kms/kms-rotation.ts";
import { policyPackAttached } from "./rules/preflight/policy-pack-attached.ts";

/** Every rule of the pack, sorted by name within its service. */
export const rules: Policies = [
  kmsRotation,
  policyPackAttached,
];
