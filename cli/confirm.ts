import { once } from "node:events";
import { createInterface } from "node:readline/promises";

import { UserError } from "./errors.ts";

/** Where a question is asked and answered. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks a person, who must type "y" or "yes"; everything else, also the end of the input, is a no. Throws a
 * {@link UserError} where nobody can be asked.
 */
export async function confirm(question: string, { input, output }: Terminal): Promise<boolean> {
  if (input.isTTY !== true) {
    throw new UserError(
      "confirmation-needed",
      `${question} Nobody can be asked: there is no terminal.`,
      "Say --yes to go ahead, or --dry-run to see what would be done.",
    );
  }
  const lines = createInterface({ input, output });
  // The terminal gives the keys to this interface: an interrupt has to be handed on.
  lines.on("SIGINT", () => {
    process.kill(process.pid, "SIGINT");
  });
  try {
    const answer = await Promise.race([
      // It rejects when the person ends the input.
      lines.question(`${question} [y/N] `).catch(() => ""),
      once(lines, "close").then(() => ""),
    ]);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
