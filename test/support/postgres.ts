import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import type { Requirement } from "./requirements.ts";

/** Where Debian keeps a server's programs; other systems have them on the path. PREFLIGHT_POSTGRES_BIN names another server. */
const DEBIAN = "/usr/lib/postgresql";

function candidates(): string[] {
  const given = process.env["PREFLIGHT_POSTGRES_BIN"];
  const debian = existsSync(DEBIAN)
    ? readdirSync(DEBIAN)
        .toSorted()
        .toReversed()
        .map((version) => join(DEBIAN, version, "bin"))
    : [];
  return [...(given === undefined ? [] : [given]), ...debian, ...(process.env["PATH"] ?? "").split(delimiter)];
}

const folderWith = (...programs: string[]) =>
  candidates().find((folder) => programs.every((program) => existsSync(join(folder, program))));

interface PostgresPrograms {
  readonly server: string;
  readonly client: string;
}

/** The programs of a PostgreSQL server and its client on this machine; undefined when it has none. */
function findPostgres(): PostgresPrograms | undefined {
  const server = folderWith("initdb", "pg_ctl", "postgres");
  const client = folderWith("psql");
  return server === undefined || client === undefined ? undefined : { server, client };
}

const programs = findPostgres();

export const POSTGRES: Requirement = {
  here: programs !== undefined,
  missing: "no initdb, postgres and psql; install PostgreSQL or name its programs' folder in PREFLIGHT_POSTGRES_BIN",
};

/** The server refuses to run as root; Debian's package brings a user for it. */
function userOfServer(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/**
 * A server of its own, without a network: a socket in a folder that is deleted with it. Who asks as a role is that role,
 * but for roles of which it demands a password; IAM is AWS' business.
 */
export class ThrowawayPostgres {
  private readonly programs: PostgresPrograms;
  private readonly folder: string;
  private readonly user: ReturnType<typeof userOfServer>;

  /** Throws where {@link POSTGRES} is not here. */
  constructor() {
    if (programs === undefined) throw new Error(POSTGRES.missing);
    this.programs = programs;
    this.user = userOfServer();
    this.folder = mkdtempSync(join(tmpdir(), "preflight-pg-"));
    if (this.user !== undefined) chownSync(this.folder, this.user.uid, this.user.gid);
    this.run("initdb", [
      "--pgdata",
      this.data,
      "--username=superuser",
      "--auth=trust",
      "--encoding=UTF8",
      "--locale=C",
      "--no-sync",
    ]);
    this.run("pg_ctl", [
      "start",
      "--wait",
      "--pgdata",
      this.data,
      "--log",
      join(this.folder, "log"),
      "--options",
      `-c listen_addresses='' -c fsync=off -c unix_socket_directories=${this.folder}`,
    ]);
  }

  /** Runs a script as psql's `--file`; throws with what the server said. Answers the rows, one a line. */
  script(role: string, database: string, sql: string): string {
    const file = join(this.folder, "script.sql");
    writeFileSync(file, sql);
    return this.psql(role, database, [`--file=${file}`]);
  }

  /** One statement or several, as a role. */
  query(role: string, database: string, sql: string): string {
    return this.psql(role, database, ["--command", sql]);
  }

  /** From now on the role must prove its password, as on RDS. */
  demandPassword(role: string): void {
    const file = join(this.data, "pg_hba.conf");
    writeFileSync(file, `local all ${role} scram-sha-256\n${readFileSync(file, "utf8")}`);
    this.run("pg_ctl", ["reload", "--pgdata", this.data]);
  }

  /** Runs psql with these variables of its own alone, which say as whom; throws with what the server said. */
  queryWith(variables: Readonly<Record<string, string>>, sql: string): string {
    return execFileSync(
      join(this.programs.client, "psql"),
      ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--no-password", "--command", sql],
      { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], env: { PGHOST: this.folder, ...variables } },
    ).trim();
  }

  stop(): void {
    this.run("pg_ctl", ["stop", "--wait", "--mode=immediate", "--pgdata", this.data]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Folder of its socket, which clients take in the place of a host. */
  get address(): string {
    return this.folder;
  }

  private get data(): string {
    return join(this.folder, "data");
  }

  private run(program: string, options: readonly string[]): void {
    execFileSync(join(this.programs.server, program), options, {
      ...this.user,
      cwd: this.folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
  }

  private psql(role: string, database: string, options: readonly string[]): string {
    const connection = [
      "--no-psqlrc",
      "--quiet",
      "--tuples-only",
      "--no-align",
      "--set=ON_ERROR_STOP=1",
      "--host",
      this.folder,
      "--username",
      role,
      "--dbname",
      database,
    ];
    return execFileSync(join(this.programs.client, "psql"), [...connection, ...options], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  }
}
