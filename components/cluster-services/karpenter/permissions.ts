import type * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../../config/blocks/environment.ts";
import { arnOf, awsArn, clusterArn, globalArn } from "../../../core/names.ts";
import type { PolicyStatement } from "../../shared/iam.ts";

export interface KarpenterPermissionsArgs {
  readonly environment: Environment;
  /** Name of the cluster, as its tags say it. */
  readonly clusterName: string;
  readonly queueArn: pulumi.Output<string>;
  readonly nodeRoleArn: pulumi.Output<string>;
  /** Key of the nodes' volumes. */
  readonly volumesKeyArn: pulumi.Output<string>;
}

const READS = [
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeCapacityReservations",
  "ec2:DescribeImages",
  "ec2:DescribeInstanceStatus",
  "ec2:DescribeInstanceTypeOfferings",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeInstances",
  "ec2:DescribeLaunchTemplates",
  "ec2:DescribePlacementGroups",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSpotPriceHistory",
  "ec2:DescribeSubnets",
];

type Allow = (
  Sid: string,
  Action: readonly string[],
  Resource: PolicyStatement["Resource"],
  Condition?: PolicyStatement["Condition"],
) => PolicyStatement;

const allow: Allow = (Sid, Action, Resource, Condition) => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});

/** Starts, tags and ends instances of this cluster's node pools, and no others: by the tags that Karpenter gives them. */
function instances({ environment, clusterName }: KarpenterPermissionsArgs): PolicyStatement[] {
  const own = (...kinds: string[]) => kinds.map((kind) => arnOf(environment, "ec2", `${kind}/*`));
  const amazons = (...kinds: string[]) => kinds.map((kind) => awsArn(environment.region, "ec2", `${kind}/*`));
  const made = own("fleet", "instance", "launch-template", "network-interface", "spot-instances-request", "volume");
  const clusterTag = `kubernetes.io/cluster/${clusterName}`;
  const asked = {
    StringEquals: { [`aws:RequestTag/${clusterTag}`]: "owned", "aws:RequestTag/eks:eks-cluster-name": clusterName },
    StringLike: { "aws:RequestTag/karpenter.sh/nodepool": "*" },
  };
  const owned = {
    StringEquals: { [`aws:ResourceTag/${clusterTag}`]: "owned" },
    StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": "*" },
  };
  const start = ["ec2:CreateFleet", "ec2:RunInstances"];
  return [
    allow("StartFrom", start, [...amazons("image", "snapshot"), ...own("security-group", "subnet")]),
    allow("StartFromTemplate", start, own("launch-template"), owned),
    allow("StartTagged", [...start, "ec2:CreateLaunchTemplate"], made, asked),
    allow("TagNewOnes", ["ec2:CreateTags"], made, {
      ...asked,
      StringEquals: {
        ...asked.StringEquals,
        "ec2:CreateAction": ["CreateFleet", "CreateLaunchTemplate", "RunInstances"],
      },
    }),
    allow("TagInstances", ["ec2:CreateTags"], own("instance"), {
      ...owned,
      StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": clusterName },
      "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
    }),
    allow(
      "EndOwnOnes",
      ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
      own("instance", "launch-template"),
      owned,
    ),
  ];
}

/** Encrypts the nodes' disks, through EC2 only: an instance with a customer key needs it from whoever starts it. */
function disks({ environment, volumesKeyArn }: KarpenterPermissionsArgs): PolicyStatement[] {
  const throughEc2 = { "kms:ViaService": `ec2.${environment.region}.amazonaws.com` };
  const use = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"];
  return [
    allow("EncryptDisks", use, volumesKeyArn, { StringEquals: throughEc2 }),
    allow("GrantDisksToEc2", ["kms:CreateGrant"], volumesKeyArn, {
      StringEquals: throughEc2,
      Bool: { "kms:GrantIsForAWSResource": "true" },
    }),
  ];
}

/**
 * What upstream's template gives the controller, without the rights over instance profiles: the one profile is made here,
 * so the controller can neither make another nor put a stronger role into it.
 * @see https://karpenter.sh/docs/reference/cloudformation/
 */
export function karpenterPermissions(args: KarpenterPermissionsArgs): PolicyStatement[] {
  const { environment, queueArn, nodeRoleArn } = args;
  const { accountId, region } = environment;
  return [
    ...instances(args),
    ...disks(args),
    allow("Read", READS, "*", { StringEquals: { "aws:RequestedRegion": region } }),
    allow("FindImages", ["ssm:GetParameter"], awsArn(region, "ssm", "parameter/aws/service/*")),
    allow("ReadPrices", ["pricing:GetProducts"], "*"),
    allow("ReadInterruptions", ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], queueArn),
    allow("GiveNodesTheirRole", ["iam:PassRole"], nodeRoleArn, {
      StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" },
    }),
    // When a node class goes, the controller asks for a profile of its own making too, and waits for the answer that there is none.
    allow("ReadProfiles", ["iam:GetInstanceProfile"], globalArn(accountId, "iam", "instance-profile/*")),
    allow("ListProfiles", ["iam:ListInstanceProfiles"], "*"),
    // The first spot instance of an account needs it; EC2 makes it then.
    allow(
      "MakeSpotRole",
      ["iam:CreateServiceLinkedRole"],
      globalArn(accountId, "iam", "role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot"),
      {
        StringEquals: { "iam:AWSServiceName": "spot.amazonaws.com" },
      },
    ),
    allow("FindCluster", ["eks:DescribeCluster"], clusterArn(environment)),
    // Without an answer the controller does not start.
    allow("SeeZonalShifts", ["arc-zonal-shift:GetManagedResource"], "*", {
      StringEquals: { "arc-zonal-shift:ResourceIdentifier": clusterArn(environment) },
    }),
  ];
}
