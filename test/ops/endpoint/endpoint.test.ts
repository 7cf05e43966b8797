import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import type { Server } from "node:https";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runProgram } from "../../../cli/run.ts";
import { COMMANDS } from "../../../ops/commands.ts";
import { isPrivateWay } from "../../../ops/endpoint/proof.ts";
import type { Issued } from "../../support/certificates.ts";
import { createAuthority } from "../../support/certificates.ts";
import { testIo } from "../../support/cli.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const folder = mkdtempSync(join(tmpdir(), "preflight-endpoint-"));
const HOST = "A1B2C3D4.gr7.eu-west-1.eks.amazonaws.com";
const ARN = "arn:aws:eks:eu-west-1:444455556666:cluster/preflight-production";
const authority = createAuthority("kubernetes");
const stackFile = join(folder, "Pulumi.production.yaml");

const OPEN = readFileSync(join(root, "Pulumi.production.yaml"), "utf8").replace(
  "apiPublicCidrs: []",
  "apiPublicCidrs: [198.51.100.7/32]",
);
const CLOSED = OPEN.replace("[198.51.100.7/32]", "[]");

function writeKubeconfig(name: string, entry = ARN): string {
  const file = join(folder, name);
  const data = Buffer.from(authority.certificate).toString("base64");
  const cluster = { server: `https://${HOST}`, "certificate-authority-data": data };
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "Config", clusters: [{ name: entry, cluster }] }));
  return file;
}

const servers: Server[] = [];
/** A server on the loopback; answers its address. */
async function serve({ certificate, key }: Issued, listener: RequestListener): Promise<string> {
  const server = createServer({ cert: certificate, key }, listener);
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  return `https://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

const answering =
  (status: number, body: string): RequestListener =>
  (request, response) => {
    response.writeHead(request.url === "/version" ? status : 404).end(body);
  };
const VERSION = JSON.stringify({ major: "1", minor: "35", gitVersion: "v1.35.3-eks-4c1d8e3" });

/** Runs the command on an open file; answers what it said, and the file after it. */
async function close(words: readonly string[], { file = OPEN, kubeconfig = "kubeconfig" } = {}) {
  writeFileSync(stackFile, file);
  const io = testIo({ home: folder, variables: { KUBECONFIG: join(folder, kubeconfig) } });
  const status = await runProgram(COMMANDS, ["endpoint", "close", "production", ...words], io);
  return { status, ...io.written(), file: readFileSync(stackFile, "utf8") };
}

let tunnel: string;
beforeAll(async () => {
  copyFileSync(join(root, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  writeKubeconfig("kubeconfig");
  tunnel = await serve(authority.issue(HOST), answering(200, VERSION));
});
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

describe("preflight endpoint close", () => {
  it("empties the list and nothing else once the API server has answered through the tunnel", async () => {
    const run = await close(["--via", tunnel]);
    expect(run).toMatchObject({ status: 0, file: CLOSED });
    expect(run.notes).toBe(
      `${tunnel} (127.0.0.1) is the API server of preflight-production, version v1.35.3-eks-4c1d8e3, by the cluster's own authority.\n`,
    );
    expect(run.output).toContain("Pulumi.production.yaml: cluster.apiPublicCidrs is [].");
    expect(run.output).toContain("deploy from the runner");
  });

  it("takes the refusal of an API server that tells nobody its version without a login for an answer", async () => {
    const status = JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", code: 401 });
    const shy = await serve(authority.issue(HOST), answering(401, status));
    expect(await close(["--via", shy])).toMatchObject({ status: 0, file: CLOSED });
  });

  it("proves under --dry-run, and writes nothing", async () => {
    const run = await close(["--via", tunnel, "--dry-run"]);
    expect(run).toMatchObject({ status: 0, file: OPEN });
    expect(run.output).toContain("is the API server of preflight-production");
    expect(run.output).toContain("cluster.apiPublicCidrs loses 198.51.100.7/32");
    const broken = await close(["--via", "https://127.0.0.1:1", "--dry-run"]);
    expect(broken).toMatchObject({ status: 1, file: OPEN, output: "" });
  });

  it("tells programs what was proven and what comes next", async () => {
    const { status, output, notes } = await close(["--via", tunnel, "--json"]);
    expect({ status, notes }).toEqual({ status: 0, notes: "" });
    expect(JSON.parse(output)).toEqual({
      environment: "production",
      closed: true,
      file: "Pulumi.production.yaml",
      removed: ["198.51.100.7/32"],
      via: tunnel,
      proof: { address: "127.0.0.1", version: "v1.35.3-eks-4c1d8e3" },
      next: expect.arrayContaining([expect.stringContaining("runner")]),
    });
  });

  it("does nothing, and needs no proof, where the list is empty", async () => {
    expect(await close([], { file: CLOSED })).toMatchObject({ status: 0, file: CLOSED, notes: "" });
  });
});

describe("preflight endpoint close, without a proof,", () => {
  const refused = async (via: string) => {
    const run = await close(["--via", via]);
    expect(run).toMatchObject({ status: 1, file: OPEN, output: "" });
    return run.notes;
  };

  it("refuses where nothing listens", async () => {
    expect(await refused("https://127.0.0.1:1")).toMatch(
      /no way to the API server of preflight-production: .*ECONNREFUSED/,
    );
  });

  it("refuses a server of another cluster: same name, another authority", async () => {
    const other = await serve(createAuthority("kubernetes").issue(HOST), answering(200, VERSION));
    expect(await refused(other)).toMatch(/certificate|signature/);
  });

  it("refuses another name of the cluster's authority: a kubelet, or another cluster's tunnel", async () => {
    const node = await serve(authority.issue("ip-10-30-0-7.ec2.internal"), answering(200, VERSION));
    expect(await refused(node)).toContain("does not match certificate's altnames");
  });

  it("refuses what has the certificate but is no API server", async () => {
    const page = await serve(authority.issue(HOST), answering(200, "<html>welcome</html>"));
    expect(await refused(page)).toContain("what answers is no API server");
    const json = await serve(authority.issue(HOST), answering(200, '{"hello":"world"}'));
    expect(await refused(json)).toContain("what answers is no API server");
  });

  it("tells programs why", async () => {
    const { status, output, file } = await close(["--via", "https://127.0.0.1:1", "--json"]);
    expect({ status, file }).toEqual({ status: 1, file: OPEN });
    expect(JSON.parse(output)).toMatchObject({ closed: false, problem: expect.stringContaining("ECONNREFUSED") });
  });

  it.each([
    [[], "Nothing proves that somebody gets in without the internet. Open a tunnel and say --via"],
    [["--via", "http://localhost:8443"], "it must be an https address"],
    [["--via", "localhost:8443"], "it must be an https address"],
  ] as const)("says what to type: %j", async (words, message) => {
    const run = await close(words);
    expect(run).toMatchObject({ status: 2, file: OPEN, output: "" });
    expect(run.notes).toContain(message);
  });

  it("refuses a kubeconfig that knows this cluster only in another account, and says how to get its entry", async () => {
    writeKubeconfig("other", ARN.replace("444455556666", "111122223333"));
    const run = await close(["--via", tunnel], { kubeconfig: "other" });
    expect(run).toMatchObject({ status: 2, file: OPEN });
    expect(run.notes).toContain("aws eks update-kubeconfig --region eu-west-1 --name preflight-production");
  });

  it("refuses while the environment's runs still come from outside", async () => {
    const early = OPEN.replace("phase: services", "phase: foundation").replace("dnssec: true", "dnssec: false");
    const run = await close(["--via", tunnel], { file: early });
    expect(run).toMatchObject({ status: 2, file: early });
    expect(run.notes).toContain("environment.phase of Pulumi.production.yaml is foundation");
  });
});

describe("isPrivateWay", () => {
  it.each([
    ["127.0.0.1", true],
    ["::1", true],
    ["10.30.7.9", true],
    ["10.31.0.1", false],
    ["52.17.3.4", false],
    ["2a05:d018::1", false],
    ["", false],
  ])("of %s is %s in 10.30.0.0/16", (address, expected) => {
    expect(isPrivateWay(address, "10.30.0.0/16")).toBe(expected);
  });
});
