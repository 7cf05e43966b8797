import type { SecurityGroupArgs, SecurityGroupRuleArgs } from "@pulumi/aws/ec2/index.js";
import type { SecurityGroupEgressRuleArgs, SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc/index.js";
import type { Unwrap } from "@pulumi/pulumi";

import type { StackResource } from "./rule.ts";
import { UnknownValueError } from "./sdk.ts";
import { isWorld } from "./traffic.ts";

export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const SECURITY_GROUP_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

/** Inputs of a group, or of a rule that stands by itself: which of them, the type token tells. */
export type SecurityGroupOrRuleArgs = Partial<
  SecurityGroupArgs & SecurityGroupRuleArgs & SecurityGroupIngressRuleArgs & SecurityGroupEgressRuleArgs
>;
type SecurityGroupOrRule = Unwrap<SecurityGroupOrRuleArgs>;

/** The properties under which a rule says what it lets through; the types name them differently. */
export interface RuleProps {
  readonly protocol?: string | undefined;
  readonly ipProtocol?: string | undefined;
  readonly fromPort?: number | undefined;
  readonly toPort?: number | undefined;
  readonly cidrBlocks?: readonly string[] | undefined;
  readonly ipv6CidrBlocks?: readonly string[] | undefined;
  readonly cidrIpv4?: string | undefined;
  readonly cidrIpv6?: string | undefined;
  readonly description?: string | undefined;
}

/** A rule of a security group, wherever it is written. */
export interface SecurityGroupRule {
  /** Path of the rule in the resource's inputs; empty when the resource is the rule. */
  readonly path: string;
  readonly rule: RuleProps;
}

/** The rules of one direction in a resource of one of the four types; [] in those of another. */
export function rulesOf(
  type: string,
  props: SecurityGroupOrRule,
  direction: "ingress" | "egress",
): readonly SecurityGroupRule[] {
  switch (type) {
    case SECURITY_GROUP:
      return (props[direction] ?? []).map((rule, index) => ({ path: `${direction}[${index}]`, rule }));
    case SECURITY_GROUP_RULE:
      return props.type === direction ? [{ path: "", rule: props }] : [];
    case INGRESS_RULE:
      return direction === "ingress" ? [{ path: "", rule: props }] : [];
    case EGRESS_RULE:
      return direction === "egress" ? [{ path: "", rule: props }] : [];
    default:
      return [];
  }
}

function isUnknown(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (error) {
    if (error instanceof UnknownValueError) return true;
    throw error;
  }
}

/**
 * The rules that a group of the stack holds itself. Where the program gives none, the provider answers with what the group
 * has, and a first preview with an unknown: that is no rule of the program. One that depends on others is, and stays
 * undetermined while they are unknown.
 */
export function inlineRules(
  group: StackResource<SecurityGroupOrRuleArgs>,
  direction: "ingress" | "egress",
): readonly SecurityGroupRule[] {
  const dependsOnOthers = (group.propertyDependencies[direction] ?? []).length > 0;
  if (!dependsOnOthers && isUnknown(() => group.props[direction])) return [];
  return rulesOf(SECURITY_GROUP, group.props, direction);
}

export interface OpenBlock {
  /** Path of the property that holds the block. */
  readonly property: string;
  readonly cidr: string;
}

/** The blocks of a rule that open it to everyone. */
export function worldBlocks({ path, rule }: SecurityGroupRule): readonly OpenBlock[] {
  const at = (property: string) => (path === "" ? property : `${path}.${property}`);
  const blocks = [
    ...(rule.cidrBlocks ?? []).map((cidr, index) => ({ property: at(`cidrBlocks[${index}]`), cidr })),
    ...(rule.ipv6CidrBlocks ?? []).map((cidr, index) => ({ property: at(`ipv6CidrBlocks[${index}]`), cidr })),
    ...(rule.cidrIpv4 === undefined ? [] : [{ property: at("cidrIpv4"), cidr: rule.cidrIpv4 }]),
    ...(rule.cidrIpv6 === undefined ? [] : [{ property: at("cidrIpv6"), cidr: rule.cidrIpv6 }]),
  ];
  return blocks.filter(({ cidr }) => isWorld(cidr));
}
