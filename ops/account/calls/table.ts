import { AUDIT_CALLS } from "./audit.ts";
import type { Call } from "./call.ts";
import { CLUSTER_CALLS } from "./cluster.ts";
import { DATA_CALLS } from "./data.ts";
import { EC2_CALLS } from "./ec2.ts";
import { EDGE_CALLS } from "./edge.ts";
import { IDENTITY_CALLS } from "./identity.ts";
import { LIMITS_CALLS } from "./limits.ts";
import { SIGNED_CALLS } from "./signed.ts";

/** Every operation that the account check may ask for, by its IAM action. Nothing else reaches AWS. */
const TABLE = {
  ...AUDIT_CALLS,
  ...CLUSTER_CALLS,
  ...DATA_CALLS,
  ...EC2_CALLS,
  ...EDGE_CALLS,
  ...IDENTITY_CALLS,
  ...LIMITS_CALLS,
  ...SIGNED_CALLS,
} as const;

type Table = typeof TABLE;

/** An operation, by its IAM action. */
export type Action = keyof Table;

/** What each operation is asked. */
export type Inputs = { [A in Action]: Parameters<Table[A]["send"]>[0] };

/** What each operation answers, without the SDK's own notes. */
export type Outputs = { [A in Action]: Omit<Awaited<ReturnType<Table[A]["send"]>>, "$metadata"> };

/** The same, by a type that goes from an action to its input and answer. */
export const CALLS: { readonly [A in Action]: Call<Inputs[A], Outputs[A]> } = TABLE;

/** All actions, sorted. */
export const ACTIONS: readonly string[] = Object.keys(CALLS).toSorted();
