import { describe, expect, it } from "vitest";

import type { RawStack } from "../../../config/parse.ts";
import { parseStack } from "../../../config/parse.ts";
import { showPath } from "../../../config/problems/problem.ts";
import { problemsOf, rawStack, STACK_NAMES, withSetting } from "../../support/stack-files.ts";

const staging = rawStack("staging");
const RELEASE = "cluster.nodeGroups.system.releaseVersion";
const ALIAS = "clusterServices.karpenter.amiAlias";

/** What the preview warns of; "refused" for a file that is not right. */
function warningsOf(raw: RawStack): string[] {
  const result = parseStack(raw);
  return result.ok
    ? result.warnings.map(({ path, found }) => `${showPath(path).replace("preflight:settings.", "")}: ${found}`)
    : ["refused"];
}

/** Of the committed file: one build that nobody saw with this version of Kubernetes. */
const KNOWN = warningsOf(staging);
const newWarnings = (raw: RawStack) => warningsOf(raw).filter((warning) => !KNOWN.includes(warning));
const withImage = (releaseVersion: string) =>
  withSetting(withSetting(staging, RELEASE, releaseVersion), ALIAS, `al2023@v${releaseVersion.split("-")[1] ?? ""}`);

describe("the committed files", () => {
  it.each(STACK_NAMES)("are right, and warn of no more than one build: %s", (name) => {
    expect(warningsOf(rawStack(name))).toEqual([
      'cluster.addons.nodeMonitoringAgent: "v1.7.2-eksbuild.1", which our table of 2026-10-07 does not have with Kubernetes 1.35; it has it with 1.36',
    ]);
  });
});

describe("a node image", () => {
  it.each([
    ["1.35.3-20261106", "but on 2026-11-06 the patch was 1.35.8 or newer, 1.35.18 at most"],
    ["1.35.99-20261106", "but on 2026-11-06 the patch was 1.35.8 or newer, 1.35.18 at most"],
    ["1.35.99-99999999", "and 99999999 is no day"],
    ["1.35.8-20260931", "and 20260931 is no day"],
    ["1.35.2-20260311", "which AWS withdrew"],
    ["1.35.4-20260415", "but the release of 2026-04-15 is 1.35.3-20260415"],
    ["1.35.6-20260701", "and there was no release on 2026-07-01"],
    ["1.35.8-20260901", "but on 2026-09-01 the patch was 1.35.7"],
  ])("that cannot exist is refused: %s", (releaseVersion, why) => {
    const [problem = "", ...others] = problemsOf(withImage(releaseVersion));
    expect(others).toEqual([]);
    expect(problem).toBe(
      `${RELEASE}: "${releaseVersion}", ${why} | a release that exists; the newest known is "1.35.8-20260930" | ` +
        "Take the one that AWS recommends: aws ssm get-parameter --name /aws/service/eks/optimized-ami/1.35/amazon-linux-2023/arm64/standard/recommended/release_version --query Parameter.Value --output text",
    );
  });

  it.each(["1.35.6-20260714", "1.35.7-20260911", "1.35.8-20260923"])("of the table is taken: %s", (releaseVersion) => {
    expect(newWarnings(withImage(releaseVersion))).toEqual([]);
  });

  it.each(["1.35.8-20261106", "1.35.9-20261120", "1.35.7-20260905"])("beyond the table is warned of: %s", (release) => {
    expect(newWarnings(withImage(release))).toEqual([
      `${RELEASE}: "${release}", which our table of 2026-10-06 does not have`,
    ]);
  });

  it("is one for the managed nodes and Karpenter's", () => {
    expect(problemsOf(withSetting(staging, ALIAS, "al2023@v20260923"))).toEqual([
      `${ALIAS}: "al2023@v20260923", beside the release "1.35.8-20260930" of cluster.nodeGroups | "al2023@v20260930" | ` +
        "Give both the same date: Karpenter looks for the image by it, and makes no node when there is none.",
    ]);
  });
});

describe("add-ons and versions", () => {
  it("of tomorrow are warned of", () => {
    expect(newWarnings(withSetting(staging, "cluster.addons.coredns", "v1.15.0-eksbuild.1"))).toEqual([
      'cluster.addons.coredns: "v1.15.0-eksbuild.1", which our table of 2026-10-07 does not have with Kubernetes 1.35',
    ]);
    expect(newWarnings(withSetting(staging, "database.engineVersion", "17.12"))).toEqual([
      'database.engineVersion: "17.12", which our table of 2026-10-20 does not have',
    ]);
    expect(newWarnings(withSetting(staging, "cache.engineVersion", "9.2"))).toEqual([
      'cache.engineVersion: "9.2", which our table of 2026-10-20 does not have',
    ]);
    expect(newWarnings(withSetting(staging, "cluster.nodeGroups.system.instanceTypes", ["m19g.large"]))).toEqual([
      'cluster.nodeGroups.system.instanceTypes[0]: "m19g.large", of which our table of 2026-08-06 does not know the family',
    ]);
  });

  it("whose support ends soon after our calendar's day are warned of", () => {
    const image = withSetting(withImage("1.34.9-20260714"), "cluster.kubernetesVersion", "1.34");
    expect(newWarnings(withSetting(image, "cluster.addons.kubeProxy", "v1.34.6-eksbuild.25"))).toContain(
      'cluster.kubernetesVersion: "1.34", which EKS supports without extra charge until 2026-12-02 only',
    );
  });

  it("are refused with the family's own sizes, and a pool without any type of its kind", () => {
    const pool = "clusterServices.karpenter.nodePools.general";
    expect(problemsOf(withSetting(staging, `${pool}.instanceCategories`, ["c", "p"]))).toEqual([
      expect.stringContaining(`${pool}.instanceCategories[1]: "p", of which no arm64 instance`),
    ]);
  });
});

describe("a region", () => {
  /** The staging file elsewhere. */
  const inRegion = (region: string, zones: readonly string[]) =>
    withSetting({ ...staging, region }, "network.zones", zones);
  const zonesOf = (region: string) => [`${region}a`, `${region}b`];
  const of = (region: string, raw = inRegion(region, zonesOf(region))) =>
    problemsOf(raw)
      .filter((problem) => !/^access\./.test(problem) || /codebuild/i.test(problem))
      .map((problem) => problem.split(" | ")[0]);

  it("that lacks what the environment wants is refused", () => {
    expect(of("il-central-1")).toEqual(["database.instanceClass: db.t4g.medium, which il-central-1 does not have"]);
    expect(of("ap-east-2")).toEqual([
      "database.proxy.enabled: RDS Proxy, which ap-east-2 does not have",
      "access.runner: CodeBuild, which ap-east-2 does not have",
    ]);
    expect(of("eu-south-1")).toEqual([
      "cluster.nodeGroups.system.instanceTypes[0]: m7g, which eu-south-1 does not have",
    ]);
    expect(of("me-central-1")).toEqual(["cache.usableMemoryMiB: cache.t4g.small, which me-central-1 does not have"]);
    expect(of("cn-north-1")).toContain('aws:region: "cn-north-1", a region of another partition');
  });

  it("of which nothing is known, and zones that were never seen or that EKS refuses, are warned of", () => {
    expect(newWarnings(inRegion("eu-west-9", zonesOf("eu-west-9")))).toEqual([
      'aws:region: "eu-west-9", of which our table of 2026-11-20 does not know what it has',
    ]);
    expect(newWarnings(inRegion("eu-west-1", ["eu-west-1a", "eu-west-1d"]))).toEqual([
      'network.zones[1]: "eu-west-1d", which was never seen',
    ]);
    expect(newWarnings(inRegion("us-east-1", zonesOf("us-east-1")))).toEqual(["network.zones: us-east-1a, us-east-1b"]);
    expect(problemsOf(withSetting(staging, "backup.copyRegion", "us-gov-east-1"))).toEqual([
      expect.stringContaining('backup.copyRegion: "us-gov-east-1", a region of another partition'),
    ]);
  });
});
