import { describe, expect, it } from "vitest";

import type { Profile } from "../../../config/block.ts";
import type { ClusterSettings } from "../../../config/blocks/cluster/cluster.ts";
import { clusterBlock } from "../../../config/blocks/cluster/cluster.ts";
import { showPath } from "../../../config/problems/problem.ts";
import { CLUSTER_SETTINGS } from "../../support/cluster-settings.ts";

const { system } = CLUSTER_SETTINGS.nodeGroups;
if (system === undefined) throw new Error("the example has no group system");
const production: ClusterSettings = {
  ...CLUSTER_SETTINGS,
  controlPlaneLogRetentionDays: 365,
  nodeGroups: { system: { ...system, minSize: 3, desiredSize: 3 } },
};

/** "path: found | allowed" of each problem. */
const judge = (settings: unknown, profile: Profile = "standard") =>
  clusterBlock.judge(settings, profile).map(({ path, found, allowed }) => `${showPath(path)}: ${found} | ${allowed}`);
const withGroup = (change: object) => ({ ...CLUSTER_SETTINGS, nodeGroups: { system: { ...system, ...change } } });

describe("The cluster block", () => {
  it("accepts the example, and a stricter one for production", () => {
    expect(judge(CLUSTER_SETTINGS)).toEqual([]);
    expect(judge(production, "production")).toEqual([]);
  });

  it("names the versions which EKS supports", () => {
    expect(judge({ ...CLUSTER_SETTINGS, kubernetesVersion: "1.33" })).toEqual([
      'kubernetesVersion: "1.33" | one of 1.34, 1.35, 1.36',
    ]);
  });

  it("wants nodes and kube-proxy of the cluster's version", () => {
    expect(judge({ ...CLUSTER_SETTINGS, kubernetesVersion: "1.34", nodeGroups: { system } })).toEqual([
      'nodeGroups.system.releaseVersion: "1.35.8-20260930" | 1.34.<patch>-<date>',
      'addons.kubeProxy: "v1.35.3-eksbuild.29" | v1.34.<patch>-eksbuild.<build>',
    ]);
  });

  it("refuses the internet in the list of the API server, whole and in halves", () => {
    expect(judge({ ...CLUSTER_SETTINGS, apiPublicCidrs: ["198.51.100.0/24", "0.0.0.0/0", "0.0.0.0/1"] })).toEqual([
      'apiPublicCidrs[1]: "0.0.0.0/0" | blocks of /16 or smaller; never the whole internet',
      'apiPublicCidrs[2]: "0.0.0.0/1" | blocks of /16 or smaller; never the whole internet',
    ]);
  });

  it("refuses a missing deployer and logs that are soon gone", () => {
    expect(judge({ ...CLUSTER_SETTINGS, deployerRoleArn: undefined, controlPlaneLogRetentionDays: 60 })).toEqual([
      'deployerRoleArn: nothing | a role\'s ARN, for instance "arn:aws:iam::111122223333:role/deployer"',
      expect.stringMatching(/^controlPlaneLogRetentionDays: 60 \| one of 90, 120,/),
    ]);
  });

  it("refuses a second entry for a role, and one for the deployer's", () => {
    const [operators] = CLUSTER_SETTINGS.accessEntries;
    const accessEntries = [
      operators,
      { ...operators, name: "again" },
      { ...operators, name: "deployer", roleArn: CLUSTER_SETTINGS.deployerRoleArn },
    ];
    expect(judge({ ...CLUSTER_SETTINGS, accessEntries })).toEqual([
      'accessEntries[1].roleArn: "arn:aws:iam::111122223333:role/operators", already in accessEntries[0].roleArn | each once',
      'accessEntries[2].roleArn: "arn:aws:iam::111122223333:role/preflight-deploy", already in deployerRoleArn | each once',
    ]);
  });

  it("refuses two entries of one name", () => {
    const [operators] = CLUSTER_SETTINGS.accessEntries;
    const accessEntries = [operators, { ...operators, roleArn: "arn:aws:iam::111122223333:role/others" }];
    expect(judge({ ...CLUSTER_SETTINGS, accessEntries })).toEqual([
      'accessEntries[1].name: "operators", already in accessEntries[0].name | each once',
    ]);
  });

  it("wants two nodes in a group, room to grow, and a start in between", () => {
    expect(judge(withGroup({ minSize: 1 }))).toEqual(["nodeGroups.system.minSize: 1 | at least 2 (nodes)"]);
    expect(judge(withGroup({ maxSize: 2, desiredSize: 4 }))).toEqual([
      "nodeGroups.system.maxSize: 2 | more than minSize, which is 2 (nodes)",
      "nodeGroups.system.desiredSize: 4 | 2 to 2 (nodes)",
    ]);
  });

  it("knows which types of instances are Graviton", () => {
    expect(judge(withGroup({ instanceTypes: ["m7gd.large", "c7gn.16xlarge"] }))).toEqual([]);
    expect(judge(withGroup({ instanceTypes: ["m7i.large", "g5.xlarge"] }))).toEqual([
      'nodeGroups.system.instanceTypes[0]: "m7i.large" | instance types of the architecture arm64',
      'nodeGroups.system.instanceTypes[1]: "g5.xlarge" | instance types of the architecture arm64',
    ]);
    expect(judge(withGroup({ instanceTypes: ["m7g"] }))).toEqual([
      'nodeGroups.system.instanceTypes[0]: "m7g" | an instance type, for instance "m7g.large"',
    ]);
  });

  it("refuses sizes that no family has", () => {
    expect(judge(withGroup({ instanceTypes: ["m7g.77xlarge"] }))).toEqual([
      expect.stringMatching(
        /^nodeGroups\.system\.instanceTypes\[0\]: "m7g\.77xlarge", a size that the family m7g does not have \| one of m7g\.12xlarge, /,
      ),
    ]);
    // A family of tomorrow may exist: the preview warns.
    expect(judge(withGroup({ instanceTypes: ["m19g.large"] }))).toEqual([]);
  });

  it("refuses images of which patch and day do not belong together", () => {
    expect(judge(withGroup({ releaseVersion: "1.35.4-20260409" }))).toEqual([
      'nodeGroups.system.releaseVersion: "1.35.4-20260409", but the release of 2026-04-09 is 1.35.3-20260409 | a release that exists; the newest known is "1.35.8-20260930"',
    ]);
  });

  it("refuses more blocks for the API server than EKS takes", () => {
    const blocks = (count: number) => Array.from({ length: count }, (_, index) => `198.51.100.${index}/32`);
    expect(judge({ ...CLUSTER_SETTINGS, apiPublicCidrs: blocks(40) })).toEqual([]);
    expect(judge({ ...CLUSTER_SETTINGS, apiPublicCidrs: blocks(41) })).toEqual([
      expect.stringMatching(/^apiPublicCidrs: .* \| at most 40 entries$/),
    ]);
  });

  it("wants one group that is neither reclaimed nor closed to pods", () => {
    expect(judge(withGroup({ capacity: "spot" }))).toEqual([
      "nodeGroups: no group that is on-demand and has no taints | at least one such group",
    ]);
    expect(judge({ ...CLUSTER_SETTINGS, nodeGroups: {} })).toEqual(["nodeGroups: no group | at least one such group"]);
  });

  it("refuses labels that belong to Kubernetes or EKS", () => {
    expect(
      judge(withGroup({ labels: { "node-role.kubernetes.io/worker": "", "karpenter.sh/controller": "true" } })),
    ).toEqual([
      "nodeGroups.system.labels.node-role.kubernetes.io/worker: a reserved prefix | prefixes other than kubernetes.io, k8s.io and eks.amazonaws.com",
    ]);
  });

  it("refuses service addresses that are public or too few", () => {
    const allowed = "a block from /12 to /24 inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16";
    for (const serviceCidr of ["8.8.0.0/16", "10.0.0.0/25", "10.0.0.0/11"]) {
      expect(judge({ ...CLUSTER_SETTINGS, serviceCidr })).toEqual([`serviceCidr: "${serviceCidr}" | ${allowed}`]);
    }
  });

  it("is stricter in production", () => {
    const [operators] = CLUSTER_SETTINGS.accessEntries;
    const weak = {
      ...CLUSTER_SETTINGS,
      deletionProtection: false,
      nodeGroups: { system },
      accessEntries: [{ ...operators, level: "edit" }],
    };
    expect(judge(weak)).toEqual([]);
    expect(judge(weak, "production")).toEqual([
      "accessEntries[0].namespaces: the whole cluster | named namespaces for the level edit in production",
      "nodeGroups: 2 on-demand nodes without taints at the least | at least 3 in production, one for each zone",
      "deletionProtection: false | true in production",
      "controlPlaneLogRetentionDays: 90 | at least 365 (days) in production",
    ]);
  });
});
