import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { isRecord } from "../../core/records.ts";
import manifest from "../../package.json" with { type: "json" };
import type { StackName } from "../support/stack-files.ts";
import { problemsOf, rawStack, STACK_NAMES, withSetting } from "../support/stack-files.ts";

const home = join(import.meta.dirname, "..", "..", "examples", "sample-service");
const read = (file: string) => readFileSync(join(home, file), "utf8");
const packageOf = (file: string) => JSON.parse(read(file));

/** What stands in the README's block of YAML behind a marker. */
function blockOf(marker: string): unknown {
  const block = new RegExp(`<!-- sample:${marker} -->\n\`\`\`yaml\n(.*?)\`\`\``, "s").exec(read("README.md"))?.[1];
  if (block === undefined) throw new Error(`no block ${marker}`);
  return parse(block);
}

/** A list of the committed settings, with more behind it. */
function longer(name: StackName, path: string, more: unknown) {
  let value: unknown = rawStack(name).settings;
  for (const key of path.split(".")) value = isRecord(value) ? value[key] : undefined;
  return [...(Array.isArray(value) ? value : []), ...(Array.isArray(more) ? more : [more])];
}

function withSample(name: StackName) {
  const added = {
    "registry.repositories": "sample",
    "secrets.catalogue": blockOf("secret"),
    "services.catalogue": blockOf("row"),
  };
  return Object.entries(added).reduce(
    (raw, [path, more]) => withSetting(raw, path, longer(name, path, more)),
    rawStack(name),
  );
}

describe("the row of the sample service", () => {
  it.each(STACK_NAMES)("is accepted as the README has it: %s", (name) => {
    expect(problemsOf(withSample(name))).toEqual([]);
  });

  it("names paths and commands that the service has", () => {
    const [row] = longer("staging", "nothing", blockOf("row"));
    expect(row).toMatchObject({
      health: { readinessPath: "/ready", livenessPath: "/live" },
      metricsPath: "/metrics",
      traffic: { path: "/api/notes" },
    });
    const routes = read("src/server.js");
    for (const path of ["/ready", "/live", "/metrics", "/api/notes"]) expect(routes).toContain(`"GET ${path}"`);
    expect(row.migrations.command.slice(1)).toEqual(["/app/src/main.js", "migrate"]);
    expect(read("src/main.js")).toMatch(/^ {2}migrate: /m);
  });
});

describe("the sample service's image", () => {
  const dockerfile = read("Dockerfile");

  it("runs as nobody in particular, with nothing of its own to write", () => {
    expect(dockerfile).toMatch(/^USER 10001:10001$/m);
    expect(dockerfile).not.toMatch(/--chown|chmod|VOLUME/);
    expect(dockerfile.lastIndexOf("USER")).toBeGreaterThan(dockerfile.lastIndexOf("COPY"));
  });

  it("is handed only what it is made of", () => {
    const allowed = read(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = ""]) =>
      files.split(" "),
    );
    expect([...new Set(copied)].toSorted()).toEqual(allowed.toSorted());
  });

  it("has the packages that the tests of this project run it with", () => {
    const { dependencies } = packageOf("package.json");
    expect(Object.keys(dependencies)).toEqual(["@aws-sdk/rds-signer", "pg", "prom-client"]);
    expect(manifest.devDependencies).toMatchObject(dependencies);
    expect(packageOf("package-lock.json").packages[""].dependencies).toEqual(dependencies);
  });
});

describe("the sample service's login to RDS", () => {
  it("is a token for the role, made by the pod's own credentials and good for 15 minutes", () => {
    const script = `const { loginToken } = await import(${JSON.stringify(join(home, "src/database.js"))});
      console.log(await loginToken({ host: "db.example.com", port: 5432, user: "sample_app", region: "eu-west-1" }));`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      encoding: "utf8",
      env: { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "example" },
    });
    expect(stderr).toBe("");
    const token = new URL(`https://${stdout.trim()}`);
    expect(token.host).toBe("db.example.com:5432");
    expect(Object.fromEntries(token.searchParams)).toMatchObject({
      Action: "connect",
      DBUser: "sample_app",
      "X-Amz-Expires": "900",
    });
    expect(token.searchParams.get("X-Amz-Credential")).toMatch(/^AKIDEXAMPLE\/\d{8}\/eu-west-1\/rds-db\/aws4_request$/);
  });
});
