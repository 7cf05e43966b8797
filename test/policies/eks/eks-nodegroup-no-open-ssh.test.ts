import { describe, expect, it } from "vitest";

import { eksNodegroupNoOpenSsh } from "../../../policies/rules/eks/eks-nodegroup-no-open-ssh.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const GROUP = "aws:eks/nodeGroup:NodeGroup";
const OPEN =
  "remoteAccess.sourceSecurityGroupIds is nothing, which is everywhere, required at least one security group";

describe(eksNodegroupNoOpenSsh.name, () => {
  it.each([
    { title: "accepts nodes without remote access", props: {}, findings: [] },
    { title: "accepts remote access without a key, which opens nothing", props: { remoteAccess: {} }, findings: [] },
    {
      title: "accepts a key for one source group",
      props: { remoteAccess: { ec2SshKey: "ops", sourceSecurityGroupIds: ["sg-1"] } },
      findings: [],
    },
    {
      title: "accepts a source group that is made in the same deployment",
      props: { remoteAccess: { ec2SshKey: UNKNOWN, sourceSecurityGroupIds: [UNKNOWN] } },
      findings: [],
    },
    {
      title: "rejects a key for no source group",
      props: { remoteAccess: { ec2SshKey: "ops", sourceSecurityGroupIds: [] } },
      findings: [OPEN],
    },
    {
      title: "rejects a key without the list, which AWS reads as everywhere",
      props: { remoteAccess: { ec2SshKey: "ops" } },
      findings: [OPEN],
    },
    {
      title: "is undetermined while remote access is unknown",
      props: { remoteAccess: UNKNOWN },
      findings: ["undetermined: remoteAccess"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(eksNodegroupNoOpenSsh, GROUP, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(eksNodegroupNoOpenSsh, "aws:eks/cluster:Cluster", { remoteAccess: { ec2SshKey: "ops" } }),
    ).toEqual([]);
  });
});
