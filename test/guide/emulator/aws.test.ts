import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";

import { blocksOf } from "../../support/guide.ts";
import { describeWith } from "../../support/requirements.ts";

const path = (process.env["PATH"] ?? "").split(delimiter);
const find = (program: string) => path.map((folder) => join(folder, program)).find((file) => existsSync(file));
const TOOLS = { aws: find("aws"), moto: find("moto_server") };

const AWS = {
  here: TOOLS.aws !== undefined && TOOLS.moto !== undefined,
  missing: "no aws and moto_server on PATH; pip install awscli 'moto[server]' in an environment of Python",
};

/** Account of the emulator. */
const ACCOUNT = "123456789012";

const blocks = blocksOf("first-up.md");
const folder = mkdtempSync(join(tmpdir(), "preflight-guide-"));

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Where programs stand that take the place of others. */
const stubs = join(folder, "stubs");

function writeStub(name: string, script: string): void {
  mkdirSync(stubs, { recursive: true });
  writeFileSync(join(stubs, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(stubs, name), 0o755);
}

/** The AWS CLI, told on its command line where all services are: its first version hears of it in no other way for queues. */
const TOLD = `case $1 in configure) exec "${TOOLS.aws ?? ""}" "$@" ;; esac
exec "${TOOLS.aws ?? ""}" --endpoint-url "$AWS_ENDPOINT_URL" "$@"`;

/** What the AWS CLI sees: this folder's configuration, made-up keys, and one place for all services. */
const variables = (endpoint: string, more: Readonly<Record<string, string>> = {}) => ({
  PATH: [stubs, process.env["PATH"]].join(delimiter),
  HOME: folder,
  AWS_CONFIG_FILE: join(folder, "config"),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
  AWS_ACCESS_KEY_ID: "testing",
  AWS_SECRET_ACCESS_KEY: "testing",
  AWS_ENDPOINT_URL: endpoint,
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_MAX_ATTEMPTS: "1",
  AWS_PAGER: "",
  ...more,
});

/** Runs a script of bash that ends at its first failure. */
function bash(script: string, environment: Readonly<Record<string, string | undefined>>) {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", `set -euo pipefail\n${script}`], {
    cwd: folder,
    encoding: "utf8",
    env: environment,
  });
  return { status, stdout, stderr };
}

/** The page's names, for the emulator's account. */
const NAMES = `export AWS_REGION=eu-west-1 ACCOUNT=${ACCOUNT} ENVIRONMENT=production AWS_DEFAULT_REGION=eu-west-1\n`;

describeWith(AWS, "the commands of docs/first-up.md for an emulator of AWS", () => {
  let emulator: ChildProcess;
  let endpoint: string;

  beforeAll(async () => {
    writeStub("aws", TOLD);
    const port = await freePort();
    endpoint = `http://127.0.0.1:${port}`;
    emulator = spawn(TOOLS.moto ?? "", ["--host", "127.0.0.1", "--port", String(port)], {
      stdio: "ignore",
      // AWS' own policies are there from the beginning, as in an account.
      env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
    });
    while (
      !(await fetch(endpoint).then(
        () => true,
        () => false,
      ))
    )
      await pause(200);
    // What the phases would have made by the time that the page asks for it.
    const made = bash(
      `${NAMES}
aws secretsmanager create-secret --name preflight-production/shop/payment-provider-api-key
aws ecr create-repository --repository-name preflight/sample
aws sns create-topic --name queues-orders-1a2b3c4
aws sqs create-queue --queue-name queues-customer-mail-dead-letters-5d6e7f8
aws sqs create-queue --queue-name queues-customer-mail-9a0b1c2`,
      variables(endpoint),
    );
    expect(made.status, made.stderr).toBe(0);
  });
  afterAll(() => {
    emulator.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  });

  it("all succeed, one after the other, in one shell", () => {
    const runnable = blocks.filter(({ mark }) => mark === "run").map(({ text }) => text);
    expect(runnable.length).toBeGreaterThan(7);
    expect(runnable[0]).toContain("ACCOUNT=444455556666");
    const script = runnable.join("\n").replace(/^export AWS_REGION=.*$/m, NAMES);
    const { status, stderr } = bash(script, variables(endpoint));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("have made what the page says", () => {
    const ask = (...words: string[]) =>
      execFileSync(TOOLS.aws ?? "", [...words, "--region", "eu-west-1", "--output", "json"], {
        encoding: "utf8",
        env: variables(endpoint),
      });
    const role = JSON.parse(ask("iam", "get-role", "--role-name", "preflight-deploy")).Role;
    expect(role.MaxSessionDuration).toBe(14_400);
    expect(JSON.stringify(role.AssumeRolePolicyDocument)).toContain(
      "repo:example-org/preflight:environment:production",
    );
    const versioning = ask("s3api", "get-bucket-versioning", "--bucket", `preflight-state-${ACCOUNT}`);
    expect(JSON.parse(versioning).Status).toBe("Enabled");
    const secret = ask(
      "secretsmanager",
      "get-secret-value",
      "--secret-id",
      "preflight-production/shop/payment-provider-api-key",
    );
    expect(JSON.parse(secret).SecretString).toBe("the value");
    expect(readFileSync(join(folder, "config"), "utf8")).toContain(
      `[profile preflight-production]\nrole_arn = arn:aws:iam::${ACCOUNT}:role/preflight-deploy\nsource_profile = administrator`,
    );
    expect(existsSync(join(folder, "value.txt"))).toBe(false);
  });
});

describeWith(AWS, "the commands of docs/first-up.md that no emulator serves", () => {
  const log = join(folder, "calls");

  /** Runs a block with an AWS CLI that judges its words as ever and reaches nobody; answers what it said of each command. */
  function judge(text: string): string[] {
    writeStub("aws-told", TOLD);
    writeStub("aws", `{ echo "== $*"; aws-told "$@"; } >> "${log}" 2>&1; echo known-afterwards`);
    for (const other of ["npm", "pulumi", "kubectl"]) writeStub(other, "echo known-afterwards");
    writeFileSync(log, "");
    mkdirSync(join(folder, "dist"), { recursive: true });
    // The profile of the page would lead to another role first.
    const script = `${NAMES}${text.replace(/^export AWS_PROFILE=.*$/m, "")}`;
    const nowhere = variables("http://127.0.0.1:1", { HOST: "known-before" });
    const { status, stderr } = bash(script, nowhere);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    return readFileSync(log, "utf8").split("== ").slice(1);
  }

  const parsed = blocks.filter(({ mark, text }) => mark === "parse" && /\baws /.test(text));
  it.each(parsed)("are right by the CLI's own models: line $line", ({ text }) => {
    const said = judge(text);
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter((words) => !words.includes("Could not connect to the endpoint URL"))).toEqual([]);
  });

  it.each([
    "aws rds describe-db-proxy-target --db-proxy-name x",
    "aws eks update-cluster-config --name x --resources-vpc-config endpointPublic=true",
    "aws secretsmanager delete-secret --secret-id x --forse",
  ])("would not be, with a mistake: %s", (text) => {
    expect(judge(text)).toEqual([expect.not.stringContaining("Could not connect")]);
  });
});
