import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Requirement } from "./requirements.ts";

/** Either speaks the protocol and the access control of the cache. PREFLIGHT_REDIS_SERVER names another one. */
const SERVERS = ["valkey-server", "redis-server"];
const START_ATTEMPTS = 200;

function findServer(): string | undefined {
  const given = process.env["PREFLIGHT_REDIS_SERVER"];
  const onPath = (process.env["PATH"] ?? "").split(delimiter);
  const found = SERVERS.flatMap((name) => onPath.map((folder) => join(folder, name)));
  return [...(given === undefined ? [] : [given]), ...found].find((file) => existsSync(file));
}

const server = findServer();

export const REDIS: Requirement = {
  here: server !== undefined,
  missing: "no valkey-server or redis-server on PATH; install one or name it in PREFLIGHT_REDIS_SERVER",
};

/** Sends commands over a connection of its own, one after the other; answers the first line of each reply. */
export async function ask(socket: string, ...commands: readonly string[]): Promise<string[]> {
  const connection = createConnection(socket);
  connection.setEncoding("utf8");
  try {
    await once(connection, "connect");
    const replies: string[] = [];
    for (const command of commands) {
      connection.write(`${command}\r\n`);
      const [reply] = await once(connection, "data");
      replies.push(String(reply).split("\r\n", 1)[0] ?? "");
    }
    return replies;
  } finally {
    connection.destroy();
  }
}

/** A server of its own, without a network: a socket in a folder that is deleted with it. Who gives no name may do everything. */
export class ThrowawayRedis {
  readonly socket: string;
  private readonly folder: string;
  private readonly process: ChildProcess;

  /** Throws where {@link REDIS} is not here. */
  constructor() {
    if (server === undefined) throw new Error(REDIS.missing);
    this.folder = mkdtempSync(join(tmpdir(), "preflight-redis-"));
    this.socket = join(this.folder, "socket");
    const options = ["--port", "0", "--unixsocket", this.socket, "--save", "", "--appendonly", "no"];
    this.process = spawn(server, [...options, "--dir", this.folder], { stdio: "ignore" });
  }

  /** Waits until the server answers. */
  async ready(): Promise<void> {
    for (let attempt = 0; attempt < START_ATTEMPTS; attempt += 1) {
      const [reply] = await ask(this.socket, "PING").catch(() => [undefined]);
      if (reply === "+PONG") return;
      await sleep(25);
    }
    throw new Error(`${server ?? "the server"} does not answer`);
  }

  /** Gives a user exactly these passwords, as ElastiCache does: connections that are open stay open. */
  async setPasswords(user: string, passwords: readonly string[]): Promise<void> {
    const given = passwords.map((password) => `>${password}`).join(" ");
    const [reply] = await ask(this.socket, `ACL SETUSER ${user} on resetpass ${given} ~* +@all`);
    if (reply !== "+OK") throw new Error(`the server refused the user's passwords: ${String(reply)}`);
  }

  async stop(): Promise<void> {
    const exited = once(this.process, "exit");
    this.process.kill();
    await exited;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
