import type * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/environment.ts";
import type { PolicyStatement } from "../cluster/pod-identity.ts";

/** Tag with which the controller marks what it makes for a cluster. */
const CLUSTER_TAG = "elbv2.k8s.aws/cluster";

const READS = [
  "acm:DescribeCertificate",
  "acm:ListCertificates",
  "ec2:DescribeAccountAttributes",
  "ec2:DescribeAvailabilityZones",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeInstances",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeTags",
  "ec2:DescribeVpcs",
  "ec2:GetSecurityGroupsForVpc",
  "elasticloadbalancing:DescribeCapacityReservation",
  "elasticloadbalancing:DescribeListenerAttributes",
  "elasticloadbalancing:DescribeListenerCertificates",
  "elasticloadbalancing:DescribeListeners",
  "elasticloadbalancing:DescribeLoadBalancerAttributes",
  "elasticloadbalancing:DescribeLoadBalancers",
  "elasticloadbalancing:DescribeRules",
  "elasticloadbalancing:DescribeSSLPolicies",
  "elasticloadbalancing:DescribeTags",
  "elasticloadbalancing:DescribeTargetGroupAttributes",
  "elasticloadbalancing:DescribeTargetGroups",
  "elasticloadbalancing:DescribeTargetHealth",
  "elasticloadbalancing:DescribeTrustStores",
];

export interface BalancerPermissionsArgs {
  readonly environment: Pick<Environment, "accountId" | "region">;
  /** Name of the cluster, as its tags say it. */
  readonly clusterName: string;
  readonly vpcId: pulumi.Output<string>;
}

/**
 * The project's documented policy, narrowed down: to this account and region, to this cluster's tag by its value instead
 * of any cluster's, without Cognito, Shield and the old firewall, which are not used.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/
 */
export function balancerPermissions({ environment, clusterName, vpcId }: BalancerPermissionsArgs): PolicyStatement[] {
  const { accountId, region } = environment;
  const ec2 = (resource: string) => `arn:aws:ec2:${region}:${accountId}:${resource}`;
  const elb = (...resources: string[]) => resources.map((resource) => `arn:aws:elasticloadbalancing:${region}:${accountId}:${resource}`);
  const groups = ec2("security-group/*");
  const balancers = elb("loadbalancer/app/*", "loadbalancer/net/*");
  const targets = elb("targetgroup/*");
  const listeners = elb("listener/app/*", "listener/net/*", "listener-rule/app/*", "listener-rule/net/*");
  const asked = { StringEquals: { [`aws:RequestTag/${CLUSTER_TAG}`]: clusterName } };
  const owned = { StringEquals: { [`aws:ResourceTag/${CLUSTER_TAG}`]: clusterName } };
  const changes = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"];
  const allow = (Sid: string, Action: readonly string[], Resource: PolicyStatement["Resource"], Condition?: PolicyStatement["Condition"]): PolicyStatement =>
    ({ Sid, Effect: "Allow", Action, Resource, ...(Condition === undefined ? {} : { Condition }) });
  return [
    allow("Read", READS, "*", { StringEquals: { "aws:RequestedRegion": region } }),
    allow(
      "MakeServiceRole",
      ["iam:CreateServiceLinkedRole"],
      `arn:aws:iam::${accountId}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`,
      { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    ),
    allow("MakeGroupsInNetwork", ["ec2:CreateSecurityGroup"], vpcId.apply((id) => ec2(`vpc/${id}`))),
    allow("MakeGroups", ["ec2:CreateSecurityGroup"], groups, asked),
    allow("TagNewGroups", ["ec2:CreateTags"], groups, { StringEquals: { ...asked.StringEquals, "ec2:CreateAction": "CreateSecurityGroup" } }),
    allow("TagOwnGroups", ["ec2:CreateTags", "ec2:DeleteTags"], groups, { ...owned, Null: { [`aws:RequestTag/${CLUSTER_TAG}`]: "true" } }),
    allow("ChangeOwnGroups", [...changes, "ec2:DeleteSecurityGroup"], groups, owned),
    // The nodes' group lets the balancer's targets be reached; the cluster component tags it.
    allow("OpenNodes", changes, groups, { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: "owned" } }),
    allow("MakeBalancers", ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"], [...balancers, ...targets], asked),
    allow("MakeListeners", ["elasticloadbalancing:CreateListener", "elasticloadbalancing:CreateRule"], [...balancers, ...listeners], owned),
    allow(
      "TagNewOnes",
      ["elasticloadbalancing:AddTags"],
      [...balancers, ...targets, ...listeners],
      { StringEquals: { ...asked.StringEquals, "elasticloadbalancing:CreateAction": ["CreateListener", "CreateLoadBalancer", "CreateRule", "CreateTargetGroup"] } },
    ),
    allow(
      "TagOwnOnes",
      ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
      [...balancers, ...targets, ...listeners],
      { ...owned, Null: { [`aws:RequestTag/${CLUSTER_TAG}`]: "true" } },
    ),
    allow("ChangeOwnOnes", [
      "elasticloadbalancing:AddListenerCertificates",
      "elasticloadbalancing:DeleteListener",
      "elasticloadbalancing:DeleteLoadBalancer",
      "elasticloadbalancing:DeleteRule",
      "elasticloadbalancing:DeleteTargetGroup",
      "elasticloadbalancing:DeregisterTargets",
      "elasticloadbalancing:ModifyListener",
      "elasticloadbalancing:ModifyListenerAttributes",
      "elasticloadbalancing:ModifyLoadBalancerAttributes",
      "elasticloadbalancing:ModifyRule",
      "elasticloadbalancing:ModifyTargetGroup",
      "elasticloadbalancing:ModifyTargetGroupAttributes",
      "elasticloadbalancing:RegisterTargets",
      "elasticloadbalancing:RemoveListenerCertificates",
      "elasticloadbalancing:SetIpAddressType",
      "elasticloadbalancing:SetRulePriorities",
      "elasticloadbalancing:SetSecurityGroups",
      "elasticloadbalancing:SetSubnets",
      "elasticloadbalancing:SetWebAcl",
    ], [...balancers, ...targets, ...listeners], owned),
    allow(
      "AttachFirewall",
      ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL", "wafv2:GetWebACL", "wafv2:GetWebACLForResource"],
      [`arn:aws:wafv2:${region}:${accountId}:regional/webacl/*`, ...elb("loadbalancer/app/*")],
    ),
  ];
}
