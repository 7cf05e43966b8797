import { describe, expect, it } from "vitest";

import { count, summaryLine, summaryOf } from "../../preview/report/summary.ts";
import { describeOwn, shortType, treeOf } from "../../preview/report/tree.ts";
import { resource } from "../support/preview.ts";

const stack = resource({ type: "pulumi:pulumi:Stack", name: "fixture-test", custom: false });
const provider = resource({ type: "pulumi:providers:aws", name: "aws", parent: stack.urn });
const network = resource({ type: "preflight:network:Network", name: "network", custom: false, parent: stack.urn });
const vpc = resource({ type: "aws:ec2/vpc:Vpc", name: "network", parent: network.urn });
const subnets = ["a", "b"].map((zone) =>
  resource({ type: "aws:ec2/subnet:Subnet", name: `network-${zone}`, parent: vpc.urn }),
);
const logs = resource({ type: "preflight:network:FlowLogs", name: "network-logs", custom: false, parent: network.urn });
const group = resource({ type: "aws:cloudwatch/logGroup:LogGroup", name: "network-logs", parent: logs.urn });
const found = resource({ type: "aws:ec2/vpc:Vpc", name: "old", parent: stack.urn, read: true });
const all = [stack, provider, network, vpc, ...subnets, logs, group, found];

describe("the tree", () => {
  const tree = treeOf(all);

  it("puts resources to the nearest component above them, through other resources", () => {
    const [branch] = tree.components;
    expect(branch).toMatchObject({
      name: "network",
      type: "Network",
      total: 4,
      own: [
        { type: "ec2 Subnet", count: 2 },
        { type: "ec2 Vpc", count: 1 },
      ],
    });
  });

  it("nests components in components and counts them into these", () => {
    expect(tree.components[0]?.components).toMatchObject([{ name: "network-logs", type: "FlowLogs", total: 1 }]);
  });

  it("keeps what belongs to no component with the stack", () => {
    expect(tree.own).toEqual([
      { type: "ec2 Vpc (looked up)", count: 1 },
      { type: "provider aws", count: 1 },
    ]);
  });

  it("does not depend on the order of registration", () => {
    expect(treeOf(all.toReversed())).toEqual(tree);
  });

  it("describes types by service", () => {
    expect(
      describeOwn([
        { type: "ec2 Subnet", count: 2 },
        { type: "ec2 Vpc", count: 1 },
        { type: "iam Role", count: 1 },
      ]),
    ).toEqual(["ec2 Subnet ×2, Vpc", "iam Role"]);
  });

  it.each([
    ["aws:ec2/vpc:Vpc", "ec2 Vpc"],
    ["kubernetes:apps/v1:Deployment", "apps/v1 Deployment"],
    ["kubernetes:core/v1:Service", "v1 Service"],
    ["random:index/randomPassword:RandomPassword", "random RandomPassword"],
    ["pulumi:providers:aws", "provider aws"],
    ["pulumi:index:Stash", "pulumi Stash"],
  ])("shortens %s to %s", (type, short) => {
    expect(shortType(type)).toBe(short);
  });
});

describe("the summary", () => {
  const rule = {
    name: "a",
    severity: "high",
    checklist: [],
    description: "",
    url: "",
    settings: undefined,
    required: [],
  };
  const verdict = {
    kind: "violation",
    rule: "a",
    mandatory: true,
    severity: "high",
    urn: undefined,
    property: "",
    found: "",
    required: "",
    fix: "",
    checklist: "",
    message: "",
  } as const;

  it("counts cloud resources, components and the rules that are on", () => {
    const rules = [
      { ...rule, level: "mandatory" as const },
      { ...rule, level: "disabled" as const },
    ];
    expect(summaryOf({ resources: all, rules, verdicts: [] })).toEqual({
      resources: 4,
      components: 2,
      rules: 1,
      violations: 0,
      undetermined: 0,
      advisory: 0,
    });
  });

  it("counts as advisory what stops nothing, be it violated or undetermined", () => {
    const verdicts = [
      verdict,
      { ...verdict, kind: "undetermined" as const },
      { ...verdict, mandatory: false },
      { ...verdict, kind: "undetermined" as const, mandatory: false },
    ];
    expect(summaryOf({ resources: [], rules: [], verdicts })).toMatchObject({
      violations: 1,
      undetermined: 1,
      advisory: 2,
    });
  });

  it("is one line", () => {
    expect(
      summaryLine("production", {
        resources: 312,
        components: 40,
        rules: 98,
        violations: 0,
        undetermined: 0,
        advisory: 3,
      }),
    ).toBe("production: 312 resources, 98 rules: 0 violations, 0 undetermined, 3 advisory");
  });

  it("speaks of one and of many", () => {
    expect([count(1, "resource"), count(0, "resource")]).toEqual(["1 resource", "0 resources"]);
  });
});
