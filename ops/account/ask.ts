import { UserError } from "../../cli/errors.ts";
import type { Holder } from "./calls/call.ts";
import type { Action, Inputs, Outputs } from "./calls/table.ts";
import { CALLS } from "./calls/table.ts";
import type { Outcome } from "./outcome.ts";
import { isExpired, outcomeOf } from "./outcome.ts";

/** Sends one question, and answers or throws what came back; AWS, or recorded answers. */
export type Transport = <A extends Action>(action: A, input: Inputs[A], region: string) => Promise<Outputs[A]>;

export type OutcomeOf<A extends Action> = Outcome<Outputs[A]>;

/** Asks one question; the same question is asked once, however many checks have it. */
export type Ask = <A extends Action>(action: A, input: Inputs[A], region: string) => Promise<OutcomeOf<A>>;

/** Questions on their way at a time: few enough that AWS seldom throttles. */
const AT_ONCE = 8;

/** Lets a few tasks run at a time, the others wait in their order. */
function createGate(places: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** How far the asking is. */
export interface Progress {
  asked: number;
  answered: number;
}

/**
 * Asks by a transport: a few questions at a time, each once, and what goes wrong becomes an outcome. A session that ends
 * meanwhile ends everything: no later question could be answered.
 */
export function createAsk(transport: Transport, holder: Holder, progress: Progress): Ask {
  const gate = createGate(AT_ONCE);
  const once = <A extends Action>(action: A, input: Inputs[A], region: string): Promise<OutcomeOf<A>> => {
    progress.asked += 1;
    return gate(async (): Promise<OutcomeOf<A>> => {
      try {
        return { kind: "answer", value: await transport(action, input, region) };
      } catch (error) {
        if (isExpired(error)) {
          throw new UserError(
            "session-expired",
            "The AWS session has ended.",
            "Sign in again (aws sso login, or assume the role anew) and run the command again.",
          );
        }
        const { absent, resources } = CALLS[action];
        return outcomeOf(error, { action, region, absent, resources: resources(holder) });
      } finally {
        progress.answered += 1;
      }
    });
  };
  return <A extends Action>(action: A, input: Inputs[A], region: string) => {
    const key = JSON.stringify([region, input]);
    const memory = CALLS[action].memory;
    const asked = memory.get(progress) ?? new Map<string, Promise<OutcomeOf<A>>>();
    memory.set(progress, asked);
    const outcome = asked.get(key) ?? once(action, input, region);
    asked.set(key, outcome);
    return outcome;
  };
}
