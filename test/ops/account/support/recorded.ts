import type { StackConfig } from "../../../../config/schema.ts";
import type { Transport } from "../../../../ops/account/ask.ts";
import type { Action, Inputs, Outputs } from "../../../../ops/account/calls/table.ts";
import type { Line, Verdict } from "../../../../ops/account/check.ts";
import { checkAccount } from "../../../../ops/account/perform.ts";
import type { Report } from "../../../../ops/account/report.ts";
import type { World } from "../../../../ops/account/world.ts";

/** What an account answers to each question; what it throws is AWS' refusal. */
export type Answers = { readonly [A in Action]: (input: Inputs[A], region: string) => Outputs[A] };

/** A refusal by AWS, with its code as the SDK's errors have it. */
export function refuse(code: string, message = `refused: ${code}`): never {
  const error = new Error(message);
  error.name = code;
  throw error;
}

/** A transport that answers from a record, and notes what it was asked. */
export function recorded(answers: Answers, asked: Set<string> = new Set()): Transport {
  return async (action, input, region) => {
    asked.add(action);
    await Promise.resolve();
    return answers[action](input, region);
  };
}

/** The moment of every test: costs are asked of the day before. */
export const NOW = new Date("2026-11-28T10:00:00Z");

export interface Account {
  readonly answers: Answers;
  readonly world: World;
}

/** Asks a recorded account. */
export function ask(config: StackConfig, { answers, world }: Account, asked?: Set<string>): Promise<Report> {
  return checkAccount(
    config,
    { transport: recorded(answers, asked), expiry: () => Promise.resolve(undefined), world },
    NOW,
  );
}

/** The lines of a verdict, as "what: found". */
export function linesOf({ findings }: Pick<Report, "findings">, verdict: Verdict): string[] {
  return findings.filter((line) => line.verdict === verdict).map(({ what, found }: Line) => `${what}: ${found}`);
}
