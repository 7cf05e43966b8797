import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { rolesNeeded } from "../../../ops/account/checks/global-limits.ts";
import { logGroupsOf } from "../../../ops/account/checks/kept-logs.ts";
import { secretsOf } from "../../../ops/account/checks/kept-secrets.ts";
import { needsOf } from "../../../ops/account/quota-needs.ts";
import { parsedStack, STACK_NAMES } from "../../support/stack-files.ts";

interface Resource {
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const home = join(import.meta.dirname, "..", "..", "..");

/** What a preview registers for both environments. */
function exported(): Readonly<Record<string, readonly Resource[]>> {
  const folder = mkdtempSync(join(tmpdir(), "preflight-needs-"));
  try {
    const file = join(folder, "resources.json");
    execFileSync(process.execPath, ["preflight.js", "preview", ...STACK_NAMES, "--export", file], {
      cwd: home,
      stdio: "pipe",
    });
    return Object.fromEntries(
      STACK_NAMES.map((name) => [name, JSON.parse(readFileSync(file.replace(".json", `.${name}.json`), "utf8"))]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const resources = exported();

describe.each(STACK_NAMES)("what %s takes", (name) => {
  const config = parsedStack(name);
  const needs = needsOf(config, (type) =>
    new Map([
      ["m7g.large", 2],
      ["m7g.xlarge", 4],
    ]).get(type),
  );
  const all = resources[name] ?? [];
  const count = (type: string, of: (resource: Resource) => boolean = () => true) =>
    all.filter((resource) => resource.type === type && of(resource)).length;

  it("is what a preview registers", () => {
    const interfaces = count(
      "aws:ec2/vpcEndpoint:VpcEndpoint",
      ({ inputs }) => inputs["vpcEndpointType"] === "Interface",
    );
    expect(needs.addresses?.least).toBe(count("aws:ec2/eip:Eip"));
    expect(needs.networks?.least).toBe(count("aws:ec2/vpc:Vpc"));
    expect(needs.internetGateways?.least).toBe(count("aws:ec2/internetGateway:InternetGateway"));
    expect(needs.interfaceEndpoints?.least).toBe(interfaces);
    expect(needs.gatewayEndpoints?.least).toBe(count("aws:ec2/vpcEndpoint:VpcEndpoint") - interfaces);
    expect(needs.clusters?.least).toBe(count("aws:eks/cluster:Cluster"));
    expect(needs.nodeGroups?.least).toBe(count("aws:eks/nodeGroup:NodeGroup"));
    expect(needs.databaseInstances?.least).toBe(count("aws:rds/clusterInstance:ClusterInstance"));
    expect(needs.databaseClusters?.least).toBe(count("aws:rds/cluster:Cluster"));
    expect(needs.eventRules?.least).toBeGreaterThanOrEqual(count("aws:cloudwatch/eventRule:EventRule"));
  });

  it("of roles is enough, and not far above", () => {
    const roles = count("aws:iam/role:Role");
    expect(rolesNeeded(config)).toBeGreaterThanOrEqual(roles);
    expect(rolesNeeded(config)).toBeLessThan(roles + 20);
  });

  it("of names are those of secrets and log groups that a preview registers", () => {
    const names = (type: string) =>
      all.filter((resource) => resource.type === type).map(({ inputs }) => String(inputs["name"]));
    expect([...secretsOf(config)]).toEqual(names("aws:secretsmanager/secret:Secret").toSorted());
    const groups = logGroupsOf(config).flatMap((region) => region.names);
    expect(names("aws:cloudwatch/logGroup:LogGroup").filter((group) => !groups.includes(group))).toEqual([]);
  });
});

describe("vCPUs", () => {
  const config = parsedStack("staging");

  it("are counted for on-demand and spot apart: node groups at the start, everything when it has grown", () => {
    const needs = needsOf(config, () => 2);
    expect(needs.onDemandVcpus).toEqual({ least: 4, most: 34 });
    expect(needs.spotVcpus).toEqual({ least: 0, most: 24 });
    expect(needsOf(parsedStack("production"), () => 4).onDemandVcpus).toEqual({ least: 12, most: 132 });
  });

  it("of a type that nobody knows cannot be said", () => {
    expect(needsOf(config, () => undefined).onDemandVcpus).toBeUndefined();
  });
});
