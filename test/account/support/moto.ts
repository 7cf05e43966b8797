import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import type { Requirement } from "../../support/requirements.ts";

/** The version that the tests were written against. */
const VERSION = "5.2.1";

const PROGRAM = "moto_server";

/** moto, which answers as AWS does; .ci/run installs it. */
export const MOTO: Requirement = {
  here: (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, PROGRAM))),
  missing: `no ${PROGRAM} on PATH; pip install "moto[server]==${VERSION}"`,
};

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port is free");
  return address.port;
}

export interface EmulatedAccount {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

async function answers(endpoint: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`${PROGRAM} ended with ${server.exitCode}`);
    const response = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    if (response?.ok === true) return;
    await pause(100);
  }
  throw new Error(`${PROGRAM} does not answer`);
}

/** Starts an empty account on loopback. */
export async function emulateAccount(accountId: string): Promise<EmulatedAccount> {
  const port = await freePort();
  // By its name: some clients put the account in front of it, which no address takes.
  const endpoint = `http://localhost:${port}`;
  const server = spawn(PROGRAM, ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
    env: { ...process.env, MOTO_ACCOUNT_ID: accountId },
  });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  await answers(endpoint, server);
  return {
    endpoint,
    stop: async () => {
      server.kill();
      await ended;
    },
  };
}
