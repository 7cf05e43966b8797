import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import type { Resource } from "../../preview/engine/model.ts";
import { committedResources } from "../support/committed-resources.ts";
import { emptyNeeds, kindOf, label, tooEarly } from "../support/deletion.ts";
import { withValue } from "../support/settings.ts";
import { STACK_NAMES } from "../support/stack-files.ts";

const guide = readFileSync(join(import.meta.dirname, "..", "..", "docs", "guides", "take-something-out.md"), "utf8");

/**
 * What AWS does not delete while something uses it, by the user's kind and the property that names it; "*" for any kind.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/delete-vpc.html
 */
const HELD_BY_USE: readonly { readonly user: string; readonly property: string; readonly held: string }[] = [
  { user: "ec2.SecurityGroup", property: "vpcId", held: "ec2.Vpc" },
  { user: "ec2.Subnet", property: "vpcId", held: "ec2.Vpc" },
  { user: "rds.SubnetGroup", property: "subnetIds", held: "ec2.Subnet" },
  { user: "elasticache.SubnetGroup", property: "subnetIds", held: "ec2.Subnet" },
  { user: "vpc.SecurityGroupIngressRule", property: "referencedSecurityGroupId", held: "ec2.SecurityGroup" },
  { user: "rds.Cluster", property: "dbSubnetGroupName", held: "rds.SubnetGroup" },
  { user: "rds.Cluster", property: "vpcSecurityGroupIds", held: "ec2.SecurityGroup" },
  { user: "rds.Cluster", property: "dbClusterParameterGroupName", held: "rds.ClusterParameterGroup" },
  { user: "rds.ClusterInstance", property: "dbParameterGroupName", held: "rds.ParameterGroup" },
  { user: "elasticache.ReplicationGroup", property: "subnetGroupName", held: "elasticache.SubnetGroup" },
  { user: "elasticache.ReplicationGroup", property: "securityGroupIds", held: "ec2.SecurityGroup" },
  { user: "elasticache.ReplicationGroup", property: "parameterGroupName", held: "elasticache.ParameterGroup" },
  { user: "elasticache.ReplicationGroup", property: "userGroupIds", held: "elasticache.UserGroup" },
  { user: "elasticache.UserGroup", property: "userIds", held: "elasticache.User" },
  // @see https://github.com/pulumi/pulumi-aws/issues/5675
  {
    user: "appconfig.HostedConfigurationVersion",
    property: "configurationProfileId",
    held: "appconfig.ConfigurationProfile",
  },
  { user: "appconfig.ConfigurationProfile", property: "applicationId", held: "appconfig.Application" },
];

/** What stays of the network costs nothing by itself: nothing of it that is paid by the hour may stay. */
const PAID_BY_THE_HOUR = ["ec2.NatGateway", "ec2.Eip", "ec2.VpcEndpoint", "eks.NodeGroup", "eks.Cluster", "rds.Proxy"];

describe.each(STACK_NAMES)("destroying %s", (environment) => {
  let all: readonly Resource[];
  let byUrn: ReadonlyMap<string, Resource>;
  beforeAll(async () => {
    all = await committedResources(environment);
    byUrn = new Map(all.map((resource) => [resource.urn, resource]));
  });
  const staying = () => all.filter(({ retainOnDelete }) => retainOnDelete);

  it("takes everything away before what it needs for that", () => {
    expect(emptyNeeds(all)).toEqual([]);
    expect(tooEarly(all)).toEqual([]);
  });

  it("keeps what the things that stay hold in use", () => {
    const lost = staying().flatMap((user) =>
      HELD_BY_USE.filter((rule) => rule.user === kindOf(user)).flatMap(({ property, held }) =>
        (user.propertyDependencies[property] ?? [])
          .flatMap((urn) => byUrn.get(urn) ?? [])
          .filter((used) => kindOf(used) === held && used.retainOnDelete !== true)
          .map((used) => `${label(used)} would go, and ${label(user)} would not let it`),
      ),
    );
    expect(lost).toEqual([]);
    const used = new Set(all.map(kindOf));
    expect(HELD_BY_USE.filter(({ user, held }) => !used.has(user) || !used.has(held))).toEqual([]);
  });

  it("keeps the keys of everything encrypted that stays", () => {
    const unreadable = staying().flatMap((user) =>
      Object.entries(user.propertyDependencies)
        .filter(([property]) => /kms|masterUserSecret/i.test(property))
        .flatMap(([, urns]) => urns.flatMap((urn) => byUrn.get(urn) ?? []))
        .filter((key) => kindOf(key) === "kms.Key" && key.retainOnDelete !== true)
        .map((key) => `${label(key)} of ${label(user)}`),
    );
    expect(unreadable).toEqual([]);
    expect(staying().some((user) => "kmsKeyId" in user.propertyDependencies)).toBe(true);
  });

  it("lets go what only tells of the things that stay, and what sends to them", () => {
    const hanging = [
      "cloudwatch.MetricAlarm",
      "cloudwatch.EventRule",
      "cloudwatch.EventTarget",
      "sns.TopicSubscription",
    ];
    const kept = all.filter(({ protect, retainOnDelete }) => protect === true || retainOnDelete === true);
    expect(kept.filter((resource) => hanging.includes(kindOf(resource))).map(label)).toEqual([]);
    expect(hanging.filter((kind) => !all.some((resource) => kindOf(resource) === kind))).toEqual([]);
  });

  it("leaves nothing that is paid by the hour but the stores of data", () => {
    expect(
      staying()
        .map(kindOf)
        .filter((kind) => PAID_BY_THE_HOUR.includes(kind)),
    ).toEqual([]);
    expect(
      staying()
        .filter((resource) => ["ec2.Vpc", "ec2.Subnet"].includes(kindOf(resource)))
        .map(({ name }) => name),
    ).toEqual([
      "network",
      ...(environment === "production" ? ["a", "b", "c"] : ["a", "b"]).map((zone) => `network-isolated-${zone}`),
    ]);
  });
});

describe("an environment that is to go", () => {
  /** What the guide has people write into the stack file first; production's may not say the latter two. */
  const LOCKS: readonly (readonly [string, unknown])[] = [
    ["services.ingress.keepBalancer", false],
    ["environment.protectStatefulResources", false],
    ["cluster.deletionProtection", false],
  ];
  const unlocked = (environment: string) =>
    committedResources(environment, (settings) =>
      LOCKS.reduce((changed, [key, value]) => withValue(changed, key, value), settings),
    );

  it("is unlocked by what the guide names, but for what stays", async () => {
    for (const [key, value] of LOCKS) expect(guide).toContain(`\`${key}: ${String(value)}\``);
    const all = await unlocked("staging");
    expect(all.filter(({ protect }) => protect).map(label)).toEqual([]);
    const refusing = all.filter(({ inputs }) => inputs["deletionProtection"] === true);
    expect(refusing.filter(({ retainOnDelete }) => retainOnDelete !== true).map(label)).toEqual([]);
    const rights = all.filter((resource) => label(resource) === "iam.RolePolicy cluster-services-load-balancer");
    expect(JSON.stringify(rights.map(({ inputs }) => inputs))).toContain("elasticloadbalancing:DeleteLoadBalancer");
  });

  it("is unlocked by hand where it is production", async () => {
    await expect(unlocked("production")).rejects.toThrow(/docs\/guides\/take-something-out\.md/);
    expect(guide).toContain("pulumi state unprotect --all");
    expect(guide).toContain("aws eks update-cluster-config --name preflight-production --no-deletion-protection");
  });
});
