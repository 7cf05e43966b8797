import type { Verdict } from "../../../../ops/account/check.ts";
import type { Answers } from "../support/recorded.ts";

/** An account in which one thing is otherwise, and the line that tells it. */
export interface Case {
  readonly title: string;
  readonly answers: Partial<Answers>;
  readonly what: string;
  readonly verdict: Verdict;
  readonly found: string;
  /** Part of what to do. */
  readonly todo?: string;
}

/** Tags of what production made. */
export const OURS = [
  { Key: "environment", Value: "production" },
  { Key: "managed-by", Value: "preflight" },
];
