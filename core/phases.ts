/**
 * How far an environment is on its way up; each phase brings all of the one before. The way back is a removal: a lower phase
 * takes out what the higher one made.
 *
 * - `foundation`: everything that needs neither a certificate nor an image nor a value that a person puts in.
 * - `edge`: the parent zone delegates ours, so certificates are issued and the CDN can have one.
 * - `services`: images and values are there: the services, and what watches them from outside.
 */
export const PHASES = ["foundation", "edge", "services"] as const;

export type Phase = (typeof PHASES)[number];

/** Whether an environment in `phase` has what belongs to `wanted`. */
export function hasReached(phase: Phase, wanted: Phase): boolean {
  return PHASES.indexOf(phase) >= PHASES.indexOf(wanted);
}
