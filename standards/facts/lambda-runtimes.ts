import type { FactTable } from "./facts.ts";
import data from "./lambda-runtimes.json" with { type: "json" };

interface LambdaRuntime {
  readonly deprecated: string;
  /** From this day no function can be created with it. */
  readonly createBlocked: string;
  /** From this day no function that has it can be changed. */
  readonly updateBlocked: string;
}

/** Node.js runtimes of Lambda. */
export const LAMBDA_RUNTIMES: FactTable & { readonly runtimes: Readonly<Record<string, LambdaRuntime>> } = data;
