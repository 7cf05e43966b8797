import type * as pulumi from "@pulumi/pulumi";

import type { Place } from "../../core/names.ts";
import { arnOf, globalArn } from "../../core/names.ts";
import type { PolicyStatement } from "../shared/iam.ts";

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
  readonly environment: Place;
  /** Name of the cluster, as its tags say it. */
  readonly clusterName: string;
  readonly vpcId: pulumi.Output<string>;
  /**
   * Whether the controller may not delete balancers. It takes a balancer's own protection off before it deletes, so only
   * the missing right keeps the balancer when its last Ingress goes.
   * @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4325
   */
  readonly keepBalancer: boolean;
}

const CHANGES = [
  "elasticloadbalancing:AddListenerCertificates",
  "elasticloadbalancing:DeleteListener",
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
];
const GROUP_CHANGES = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"];
const WEB_ACL_ACTIONS = [
  "wafv2:AssociateWebACL",
  "wafv2:DisassociateWebACL",
  "wafv2:GetWebACL",
  "wafv2:GetWebACLForResource",
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

/** What is made must carry the cluster's tag, what is changed must have it; the tag itself cannot be changed. */
function conditions(clusterName: string) {
  const asked = { [`aws:RequestTag/${CLUSTER_TAG}`]: clusterName };
  const owned = { StringEquals: { [`aws:ResourceTag/${CLUSTER_TAG}`]: clusterName } };
  return { asked, owned, retagged: { ...owned, Null: { [`aws:RequestTag/${CLUSTER_TAG}`]: "true" } } };
}

/** Security groups: those it makes for balancers, and the nodes' group, which it opens for them. */
function groups({ environment, clusterName, vpcId }: BalancerPermissionsArgs): PolicyStatement[] {
  const { asked, owned, retagged } = conditions(clusterName);
  const ec2 = (resource: string) => arnOf(environment, "ec2", resource);
  const all = ec2("security-group/*");
  return [
    allow(
      "MakeGroupsInNetwork",
      ["ec2:CreateSecurityGroup"],
      vpcId.apply((id) => ec2(`vpc/${id}`)),
    ),
    allow("MakeGroups", ["ec2:CreateSecurityGroup"], all, { StringEquals: asked }),
    allow("TagNewGroups", ["ec2:CreateTags"], all, {
      StringEquals: { ...asked, "ec2:CreateAction": "CreateSecurityGroup" },
    }),
    allow("TagOwnGroups", ["ec2:CreateTags", "ec2:DeleteTags"], all, retagged),
    allow("ChangeOwnGroups", [...GROUP_CHANGES, "ec2:DeleteSecurityGroup"], all, owned),
    allow("OpenNodes", GROUP_CHANGES, all, {
      StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: "owned" },
    }),
  ];
}

/** Balancers, listeners, rules and targets of this cluster, and the web ACL before them. */
function balancers({ environment, clusterName, keepBalancer }: BalancerPermissionsArgs): PolicyStatement[] {
  const { asked, owned, retagged } = conditions(clusterName);
  const elb = (...resources: string[]) =>
    resources.map((resource) => arnOf(environment, "elasticloadbalancing", resource));
  const made = elb("loadbalancer/app/*", "loadbalancer/net/*", "targetgroup/*");
  const listeners = elb("listener/app/*", "listener/net/*", "listener-rule/app/*", "listener-rule/net/*");
  const all = [...made, ...listeners];
  const creations = ["CreateListener", "CreateLoadBalancer", "CreateRule", "CreateTargetGroup"];
  return [
    allow(
      "MakeBalancers",
      ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
      made,
      { StringEquals: asked },
    ),
    allow("MakeListeners", ["elasticloadbalancing:CreateListener", "elasticloadbalancing:CreateRule"], all, owned),
    allow("TagNewOnes", ["elasticloadbalancing:AddTags"], all, {
      StringEquals: { ...asked, "elasticloadbalancing:CreateAction": creations },
    }),
    allow("TagOwnOnes", ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"], all, retagged),
    allow(
      "ChangeOwnOnes",
      [...CHANGES, ...(keepBalancer ? [] : ["elasticloadbalancing:DeleteLoadBalancer"])],
      all,
      owned,
    ),
    allow("AttachFirewall", WEB_ACL_ACTIONS, [
      arnOf(environment, "wafv2", "regional/webacl/*"),
      ...elb("loadbalancer/app/*"),
    ]),
  ];
}

/**
 * The project's documented policy, narrowed down: to this account and region, to this cluster's tag by its value instead
 * of any cluster's, without Cognito, Shield and the old WAF, which are not used.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/
 */
export function balancerPermissions(args: BalancerPermissionsArgs): PolicyStatement[] {
  const { accountId, region } = args.environment;
  return [
    allow("Read", READS, "*", { StringEquals: { "aws:RequestedRegion": region } }),
    allow(
      "MakeServiceRole",
      ["iam:CreateServiceLinkedRole"],
      globalArn(
        accountId,
        "iam",
        "role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing",
      ),
      { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    ),
    ...groups(args),
    ...balancers(args),
  ];
}
