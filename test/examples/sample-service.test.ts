import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";

import { bootstrapSql } from "../../components/workloads/bootstrap-sql.ts";
import { POSTGRES, ThrowawayPostgres } from "../support/postgres.ts";
import { describeWith } from "../support/requirements.ts";

const main = join(import.meta.dirname, "..", "..", "examples", "sample-service", "src", "main.js");

interface Running {
  readonly url: string;
  readonly process: ChildProcess;
  /** Its exit code, when it has ended. */
  readonly ended: Promise<number | null>;
}

const children = new Set<ChildProcess>();

describeWith(POSTGRES, "the sample service", () => {
  const folder = mkdtempSync(join(tmpdir(), "preflight-sample-"));
  const keyFile = join(folder, "WRITE_KEY");
  const previousFile = join(folder, "WRITE_KEY_PREVIOUS");
  let server: ThrowawayPostgres;
  let stopped = false;
  let service: Running;

  const variables = (more: Readonly<Record<string, string>>) => ({
    PATH: process.env["PATH"] ?? "",
    PORT: "0",
    DATABASE_HOST: server.address,
    DATABASE_USER: "sample_app",
    DATABASE_NAME: "sample",
    DATABASE_SSLMODE: "disable",
    WRITE_KEY_FILE: keyFile,
    WRITE_KEY_PREVIOUS_FILE: previousFile,
    STOP_LEAVE_SECONDS: "0.5",
    ...more,
  });

  /** Runs it to its end; answers its exit code and its log. */
  async function run(words: readonly string[], more: Readonly<Record<string, string>> = {}) {
    const child = spawn(process.execPath, [main, ...words], {
      env: variables(more),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [log, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    return { code, log: log + errors };
  }
  const migrate = (more: Readonly<Record<string, string>> = {}) =>
    run(["migrate"], { DATABASE_USER: "sample_migrator", ...more });

  async function start(more: Readonly<Record<string, string>> = {}): Promise<Running> {
    const child = spawn(process.execPath, [main], { env: variables(more), stdio: ["ignore", "pipe", "inherit"] });
    children.add(child);
    const ended = once(child, "exit").then(([code]) => Number(code));
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on("data", (chunk: Buffer) => {
        const port = /"message":"listening","port":(\d+)/.exec(chunk.toString())?.[1];
        if (port !== undefined) resolve(`http://127.0.0.1:${port}`);
      });
      child.on("exit", () => {
        reject(new Error("it ended before it listened"));
      });
    });
    return { url, process: child, ended };
  }

  const get = async (path: string, { url } = service) => {
    const answer = await fetch(url + path, { headers: { connection: "close" } });
    return { status: answer.status, type: answer.headers.get("content-type"), body: await answer.text() };
  };
  const write = async (key: string, content: unknown = "remember the milk") =>
    (
      await fetch(`${service.url}/api/notes`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify({ content }),
      })
    ).status;

  beforeAll(async () => {
    server = new ThrowawayPostgres();
    server.query("superuser", "postgres", "CREATE ROLE rds_iam");
    server.script("superuser", "postgres", bootstrapSql("sample", { name: "sample", poolSize: 2, extensions: [] }));
    writeFileSync(keyFile, "first-key\n");
    service = await start();
  });
  afterAll(() => {
    for (const child of children) child.kill("SIGKILL");
    if (!stopped) server.stop();
    rmSync(folder, { recursive: true });
  });

  it("is alive but not ready before its migration", async () => {
    expect(await get("/ready")).toMatchObject({ status: 503, body: expect.stringContaining('"reason":"database"') });
    expect(await get("/live")).toMatchObject({ status: 200 });
  });

  it("gives up on a migration whose lock is held, instead of keeping users waiting, and leaves nothing half done", async () => {
    server.query(
      "sample_migrator",
      "sample",
      "CREATE TABLE schema_migrations (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())",
    );
    const holding = "BEGIN; LOCK TABLE schema_migrations IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(4)";
    const holder = spawn(
      process.execPath,
      [
        "--input-type=module",
        "--eval",
        `const { createClient } = await import(${JSON.stringify(main.replace("main.js", "database.js"))}); const client = createClient(); await client.connect(); process.stdout.write("held"); await client.query(${JSON.stringify(holding)}); await client.end();`,
      ],
      { env: variables({ DATABASE_USER: "sample_migrator" }), stdio: ["ignore", "pipe", "inherit"] },
    );
    children.add(holder);
    await once(holder.stdout, "data");
    await pause(300);
    const { code, log } = await migrate({ MIGRATION_LOCK_TIMEOUT_SECONDS: "1" });
    expect({ code, log }).toEqual({ code: 1, log: expect.stringContaining("lock timeout") });
    holder.kill();
    expect(server.query("superuser", "sample", "SELECT to_regclass('notes') IS NULL")).toBe("t");
  });

  it("is ready after its migration, which may run again and be older than the database", async () => {
    expect(await migrate()).toMatchObject({ code: 0, log: expect.stringContaining('"applied":2') });
    expect(await migrate()).toMatchObject({ code: 0, log: expect.stringContaining('"applied":0') });
    expect(await get("/ready")).toMatchObject({ status: 200 });
    server.query("sample_migrator", "sample", "INSERT INTO schema_migrations (version) VALUES (99)");
    expect(await migrate()).toMatchObject({ code: 0 });
    expect(await get("/ready")).toMatchObject({ status: 200 });
  });

  it("reads and writes notes as a role that may not change tables", async () => {
    expect(await write("first-key")).toBe(201);
    expect(JSON.parse((await get("/api/notes")).body).notes).toEqual([
      expect.objectContaining({ id: "1", content: "remember the milk" }),
    ]);
    expect(await write("first-key", "")).toBe(400);
    expect(await write("another key")).toBe(401);
    expect((await get("/nothing")).status).toBe(404);
    expect(() => server.query("sample_app", "sample", "DROP TABLE notes")).toThrow("must be owner");
  });

  it("takes a renewed key without a restart, and the one before it until the next renewal", async () => {
    writeFileSync(previousFile, "first-key\n");
    writeFileSync(keyFile, "second-key\n");
    expect([await write("second-key"), await write("first-key")]).toEqual([201, 201]);
    writeFileSync(previousFile, "second-key\n");
    writeFileSync(keyFile, "third-key\n");
    expect([await write("third-key"), await write("second-key"), await write("first-key")]).toEqual([201, 201, 401]);
  });

  it("counts what it does in Prometheus' text format, by routes and not by addresses", async () => {
    const { status, type, body } = await get("/metrics");
    expect({ status, type }).toEqual({ status: 200, type: expect.stringMatching(/^text\/plain; version=0\.0\.4/) });
    expect(body).toMatch(/^app_notes_written_total 5$/m);
    expect(body).toMatch(/^http_request_duration_seconds_count\{method="POST",route="\/api\/notes",status="201"\} 5$/m);
    expect(body).toMatch(/route="other",status="404"/);
    expect(body).not.toContain("/nothing");
    expect(body).toMatch(/^process_resident_memory_bytes \d+$/m);
  });

  it("finishes what was begun when it is told to stop, while it says that it is not ready", async () => {
    const leaving = await start();
    const open = request(`${leaving.url}/api/notes`, {
      method: "POST",
      headers: { authorization: "Bearer third-key" },
    });
    open.write('{"content":');
    await pause(200);
    leaving.process.kill("SIGTERM");
    await pause(100);
    expect(await get("/ready", leaving)).toMatchObject({ status: 503, body: expect.stringContaining("stopping") });
    await pause(600);
    await expect(get("/ready", leaving)).rejects.toThrow("fetch failed");
    open.end('"late"}');
    const [answer] = await once(open, "response");
    expect(answer.statusCode).toBe(201);
    expect(answer.headers.connection).toBe("close");
    answer.resume();
    expect(await leaving.ended).toBe(0);
  });

  it("is replaced after an error that nobody caught: alive answers 500", async () => {
    const throwing = "data:text/javascript,setTimeout(() => { throw new Error('boom') }, 1500)";
    const broken = await start({ NODE_OPTIONS: `--import=${JSON.stringify(throwing)}` });
    expect((await get("/live", broken)).status).toBe(200);
    await pause(2000);
    expect((await get("/live", broken)).status).toBe(500);
  });

  it("stays alive while its database is down, and is not ready", async () => {
    server.stop();
    stopped = true;
    expect((await get("/ready")).status).toBe(503);
    expect((await get("/live")).status).toBe(200);
    expect((await get("/api/notes")).status).toBe(500);
  });

  it("says what is not set instead of starting without it", async () => {
    expect(await run([], { DATABASE_NAME: "" })).toEqual({
      code: 1,
      log: expect.stringContaining("DATABASE_NAME is not set"),
    });
    expect(await run(["frobnicate"])).toMatchObject({ code: 2, log: expect.stringContaining("there is no command") });
  });
});
