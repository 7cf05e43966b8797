import type { Audience } from "../../standards/notify.ts";
import type { Runbook } from "../../standards/runbooks.ts";

/** Something in the trail that somebody must hear of. */
export interface SecurityEvent {
  readonly role: string;
  readonly metric: string;
  /** CloudWatch's filter pattern over CloudTrail events. */
  readonly pattern: string;
  readonly summary: string;
  readonly audience: Audience;
  readonly runbook: Runbook;
  /** How many within an hour are too many. */
  readonly thresholdPerHour: number;
}
