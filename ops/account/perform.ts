import { Resolver } from "node:dns/promises";

import type { StackConfig } from "../../config/schema.ts";
import type { Progress, Transport } from "./ask.ts";
import { createAsk } from "./ask.ts";
import { CHECKS } from "./checks.ts";
import { holderOf } from "./policy.ts";
import type { Finding, Report } from "./report.ts";
import type { Expiry } from "./session.ts";
import { openSession } from "./session.ts";
import type { World } from "./world.ts";
import { worldOf } from "./world.ts";

/** Milliseconds and tries for a name server. */
const RESOLVER = { timeout: 3000, tries: 2 };

/** What answers. */
export interface Answering {
  readonly transport: Transport;
  readonly expiry: Expiry;
  readonly world: World;
}

/** The world as the machine's own resolver sees it. */
export const ownWorld = (): World => worldOf(new Resolver(RESOLVER));

/** Asks everything, and judges it; throws a `UserError` where nobody can ask. */
export async function checkAccount(
  config: StackConfig,
  { transport, expiry, world }: Answering,
  now: Date,
  progress: Progress = { asked: 0, answered: 0 },
): Promise<Report> {
  const { environment } = config;
  const session = await openSession(transport, environment, { expiry, now });
  const target = { config, session, today: now.toISOString().slice(0, 10) };
  const tools = { ask: createAsk(transport, holderOf(config), progress), world };
  const findings = await Promise.all(
    CHECKS.map(async ({ run, id, subject, source, requirements }): Promise<Finding[]> => {
      const check = { id, subject, source, ...(requirements === undefined ? {} : { requirements }) };
      return (await run(target, tools)).map((line) => ({ ...line, check }));
    }),
  );
  return {
    environment: environment.name,
    accountId: environment.accountId,
    region: environment.region,
    findings: findings.flat(),
  };
}
