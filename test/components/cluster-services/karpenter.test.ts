import { beforeAll, describe, expect, it } from "vitest";

import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { makeClusterServices } from "../../support/cluster-services-program.ts";

let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(() => {
    makeClusterServices();
  });
});

describe("Nodes that Karpenter makes", () => {
  it("have a pinned image, encrypted disks, metadata out of pods' reach, and a profile that is not its own", () => {
    const { spec } = only(resources, "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass").inputs;
    expect(spec).toMatchObject({
      amiSelectorTerms: [{ alias: "al2023@v20260930" }],
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        { ebs: { volumeType: "gp3", encrypted: true, kmsKeyID: "arn:aws:kms:eu-west-1:111122223333:key/volumes" } },
      ],
      tags: { environment: "staging", backup: "none" },
    });
    expect(spec).not.toHaveProperty("role");
    expect(spec).toHaveProperty("instanceProfile");
  });

  it("stay within limits, grow no older than they may, and go a few at a time", () => {
    expect(only(resources, "kubernetes:karpenter.sh/v1:NodePool").inputs["spec"]).toMatchObject({
      limits: { cpu: "64", memory: "256Gi" },
      template: { spec: { expireAfter: "336h", terminationGracePeriod: "24h" } },
      disruption: { consolidateAfter: "10m", budgets: [{ nodes: "10%" }] },
    });
  });

  it("are deleted before their class, and the class before the controller that ends them", () => {
    expect(only(resources, "kubernetes:karpenter.sh/v1:NodePool").dependsOn).toContain("services-karpenter");
    const nodeClass = only(resources, "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass");
    expect(nodeClass.dependsOn).toContain("services-karpenter");
    expect(nodeClass.parent).toBe("services-karpenter");
  });

  it("are announced as going by four rules, and by nothing else", () => {
    expect(
      ofType(resources, "aws:cloudwatch/eventRule:EventRule")
        .map(({ inputs }) => JSON.parse(String(inputs["eventPattern"]))["detail-type"][0])
        .toSorted(),
    ).toEqual([
      "AWS Health Event",
      "EC2 Instance Rebalance Recommendation",
      "EC2 Instance State-change Notification",
      "EC2 Spot Instance Interruption Warning",
    ]);
    const policy = JSON.parse(String(only(resources, "aws:sqs/queuePolicy:QueuePolicy").inputs["policy"]));
    expect(policy.Statement[0]).toMatchObject({
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
    });
    expect(policy.Statement[0].Condition.ArnEquals["aws:SourceArn"]).toHaveLength(4);
    expect(policy.Statement[1]).toMatchObject({
      Effect: "Deny",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    expect(only(resources, "aws:sqs/queue:Queue").inputs).toMatchObject({
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: 300,
    });
  });

  it("are missed when nobody reads the announcements", () => {
    expect(only(resources, "aws:cloudwatch/metricAlarm:MetricAlarm").inputs).toMatchObject({
      metricName: "ApproximateAgeOfOldestMessage",
      threshold: 60,
    });
  });

  it("are made by a controller on nodes of the managed group", () => {
    expect(only(resources, "kubernetes:helm.sh/v3:Release", "services-karpenter").inputs).toMatchObject({
      namespace: "kube-system",
      values: {
        replicas: 2,
        nodeSelector: { "karpenter.sh/controller": "true" },
        settings: { clusterName: "preflight-staging", enableZonalShift: true },
      },
    });
  });

  it("can see zonal shifts of the cluster, and see that a leaving class has no profile of its own name", () => {
    const policy = JSON.parse(
      String(only(resources, "aws:iam/rolePolicy:RolePolicy", "services-karpenter").inputs["policy"]),
    );
    const statement = (action: string) =>
      policy.Statement.find(({ Action }: { readonly Action: readonly string[] }) => Action.includes(action));
    expect(statement("iam:GetInstanceProfile")).toMatchObject({
      Resource: "arn:aws:iam::111122223333:instance-profile/*",
    });
    expect(statement("arc-zonal-shift:GetManagedResource")).toMatchObject({
      Condition: {
        StringEquals: {
          "arc-zonal-shift:ResourceIdentifier": "arn:aws:eks:eu-west-1:111122223333:cluster/preflight-staging",
        },
      },
    });
  });
});
