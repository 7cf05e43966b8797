import { STSClient } from "@aws-sdk/client-sts";

import type { Transport } from "./ask.ts";
import { CALLS } from "./calls/table.ts";
import type { Expiry } from "./session.ts";

/** Milliseconds in which a question has its answer, with everything that the SDK sends again; then it counts as unanswered. */
export const ANSWERS_WITHIN = 30_000;

/** How often the SDK sends a throttled question, with growing pauses. */
const MOST_ATTEMPTS = 6;

/** AWS itself, with the credentials of the process's surroundings. */
export function awsTransport({
  region,
  endpoint,
  within = ANSWERS_WITHIN,
}: {
  readonly region: string;
  /** Address of a stand-in for AWS, as AWS_ENDPOINT_URL names it. */
  readonly endpoint: string | undefined;
  readonly within?: number;
}): { readonly transport: Transport; readonly expiry: Expiry } {
  const { credentials } = new STSClient({ region }).config;
  return {
    transport: (action, input, where) =>
      CALLS[action].send(input, {
        options: { region: where, credentials, maxAttempts: MOST_ATTEMPTS, retryMode: "standard" },
        signal: AbortSignal.timeout(within),
        endpoint,
      }),
    expiry: async () => (await credentials()).expiration,
  };
}
