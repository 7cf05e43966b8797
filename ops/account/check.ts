import type { StackConfig } from "../../config/schema.ts";
import type { Ask } from "./ask.ts";
import type { Refusal } from "./outcome.ts";
import type { World } from "./world.ts";

/**
 * - `blocks`: `up` would fail, or what it makes would not work.
 * - `unknown`: nobody could ask.
 * - `advice`: better changed, but nothing waits for it.
 */
export type Verdict = "blocks" | "unknown" | "advice" | "ok";

/** Headings of the report, in their order. */
export const SUBJECTS = [
  "Account and session",
  "Region and zones",
  "Cluster",
  "Database and cache",
  "Network",
  "Quotas",
  "Once an account or region",
  "Names in the world",
  "Roles and connections",
  "Switches",
  "Costs",
  "The account's own safety",
  "Left by an earlier environment",
] as const;

export type Subject = (typeof SUBJECTS)[number];

/** One thing that was asked, and what was found. */
export interface Line {
  readonly what: string;
  readonly needed: string;
  readonly found: string;
  readonly verdict: Verdict;
  /** What to do about it; absent where nothing is to be done. */
  readonly todo?: string;
  /** The right that was missing, for a line that could not be asked. */
  readonly right?: { readonly action: string; readonly resources: readonly string[] };
}

/** Who asks. */
export interface Session {
  readonly accountId: string;
  readonly arn: string;
  /** Whole minutes for which the credentials are valid; undefined where they do not say so. */
  readonly minutesLeft: number | undefined;
}

/** What is judged. */
export interface Target {
  readonly config: StackConfig;
  readonly session: Session;
  /** Today as year-month-day: costs are asked of yesterday. */
  readonly today: string;
}

/** What checks ask with. */
export interface Tools {
  readonly ask: Ask;
  readonly world: World;
}

export interface CheckSpec<A> {
  /** Stays the same when texts are reworded: scripts ask for it. */
  readonly id: string;
  readonly subject: Subject;
  /** Where it is written that this is needed. */
  readonly source: string;
  /** Entries of the requirements' catalogue, where some fit. */
  readonly requirements?: readonly string[];
  /** Asks all that the judgement takes. */
  readonly gather: (target: Target, tools: Tools) => Promise<A>;
  /** Judges the answers; pure. */
  readonly judge: (target: Target, answers: A) => readonly Line[];
}

/** A check whose answers are its own matter. */
export interface Check extends Omit<CheckSpec<unknown>, "gather" | "judge"> {
  readonly run: (target: Target, tools: Tools) => Promise<readonly Line[]>;
}

/** Writes a check down; the types of its answers follow from what it gathers. */
export function defineCheck<A>({ gather, judge, ...about }: CheckSpec<A>): Check {
  return { ...about, run: async (target, tools) => judge(target, await gather(target, tools)) };
}

type Part = Pick<Line, "what" | "needed">;

export const ok = (part: Part, found: string): Line => ({ ...part, found, verdict: "ok" });

export const blocks = (part: Part, found: string, todo: string): Line => ({ ...part, found, verdict: "blocks", todo });

export const advice = (part: Part, found: string, todo: string): Line => ({ ...part, found, verdict: "advice", todo });

/** What could not be asked, and what would let it. */
export function unasked(part: Part, refusal: Refusal): Line {
  const { kind, action, resources, region, code, message } = refusal;
  const place = `${action} in ${region}`;
  const unknown = { ...part, verdict: "unknown" as const };
  switch (kind) {
    case "denied":
      return {
        ...unknown,
        found: `no right to ${action} on ${resources.join(", ")}${/explicit deny/.test(message) ? " (an explicit deny)" : ""}`,
        todo: /explicit deny/.test(message)
          ? `A policy denies it by name (a service control policy or a boundary): ${message}`
          : `Allow ${action}; the statement is below the table.`,
        right: { action, resources },
      };
    case "throttled":
      return { ...unknown, found: `${place} was throttled to the end (${code})`, todo: "Run the command again later." };
    case "late":
      return {
        ...unknown,
        found: `${place} did not answer in time`,
        todo: "Run the command again; look at the network if it stays so.",
      };
    case "unreachable":
      return {
        ...unknown,
        found: `${place} cannot be reached (${code})`,
        todo: "Look at the network and at proxies; a service that the region lacks has no address there.",
      };
    case "refused":
      return {
        ...unknown,
        found: `${place}: ${code}: ${message}`,
        todo: "Ask the same by hand, or report it as a fault of this check.",
      };
  }
}
