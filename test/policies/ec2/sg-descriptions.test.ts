import { describe, expect, it } from "vitest";

import { sgDescriptions } from "../../../policies/rules/ec2/sg-descriptions.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const missing = (property: string, found = "nothing") => [`${property} is ${found}, required what it is for, in words`];
const group = { description: "Database: PostgreSQL from the services" };

describe(sgDescriptions.name, () => {
  it.each([
    { title: "accepts a described group", type: GROUP, props: group, findings: [] },
    {
      title: "accepts described rules",
      type: GROUP,
      props: { ...group, ingress: [{ description: "Services" }], egress: [{ description: "Names" }] },
      findings: [],
    },
    { title: "rejects a group without description", type: GROUP, props: {}, findings: missing("description") },
    {
      title: "rejects what the provider writes",
      type: GROUP,
      props: { description: "Managed by Pulumi" },
      findings: missing("description", "Managed by Pulumi"),
    },
    {
      title: "rejects an empty description",
      type: GROUP,
      props: { description: "" },
      findings: missing("description"),
    },
    {
      title: "rejects the second rule without one",
      type: GROUP,
      props: { ...group, ingress: [{ description: "Services" }, {}] },
      findings: missing("ingress[1].description"),
    },
    {
      title: "rejects a rule for what goes out",
      type: GROUP,
      props: { ...group, egress: [{}] },
      findings: missing("egress[0].description"),
    },
    {
      title: "accepts a separate rule with one",
      type: INGRESS,
      props: { description: "Services to the database" },
      findings: [],
    },
    { title: "rejects a separate rule for what comes in", type: INGRESS, props: {}, findings: missing("description") },
    { title: "rejects a separate rule for what goes out", type: EGRESS, props: {}, findings: missing("description") },
    {
      title: "rejects a rule of the older kind",
      type: RULE,
      props: { type: "ingress" },
      findings: missing("description"),
    },
    {
      title: "is undetermined while the description is unknown",
      type: GROUP,
      props: { description: UNKNOWN },
      findings: ["undetermined: description"],
    },
    { title: "leaves other resource types alone", type: "aws:ec2/vpc:Vpc", props: {}, findings: [] },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(sgDescriptions, type, props)).toEqual(findings);
  });
});
