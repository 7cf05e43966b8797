import { describe, expect, it } from "vitest";

import type { Arrows, GraphResource } from "../../../ops/architecture/graph.ts";
import { arrowsBetween, componentsOf, serviceOf, withoutShortcuts } from "../../../ops/architecture/graph.ts";

const STACK = "urn:stack";

const resource = (urn: string, over: Partial<GraphResource> = {}): GraphResource => ({
  urn,
  name: urn,
  type: "aws:s3/bucket:Bucket",
  custom: true,
  parent: STACK,
  dependencies: [],
  propertyDependencies: {},
  protect: undefined,
  read: false,
  ...over,
});

const stack = resource(STACK, { type: "pulumi:pulumi:Stack", custom: false, parent: undefined });
const component = (urn: string, parent = STACK) =>
  resource(urn, { type: `preflight:area:${urn.toUpperCase()}`, custom: false, parent });

/** Three components; a holds another component and what hangs off its own. */
const RESOURCES = [
  stack,
  component("a"),
  component("b"),
  component("c"),
  component("inner", "a"),
  resource("a1", { parent: "inner", propertyDependencies: { role: ["b1"] }, protect: true }),
  resource("a2", { parent: "a1", type: "aws:iam/role:Role", dependencies: ["a1", "b1", "free"] }),
  resource("a3", { parent: "a", type: "aws:s3/object:Object" }),
  resource("a4", { parent: "a", read: true }),
  resource("a5", { parent: "a", type: "pulumi:providers:kubernetes" }),
  resource("b1", { parent: "b", dependencies: ["c"] }),
  resource("free"),
];

const asLists = (arrows: Arrows) => Object.fromEntries([...arrows].map(([from, ends]) => [from, [...ends]]));

describe("components of a run", () => {
  it("are those right below the stack, with everything that stands in them", () => {
    expect(componentsOf(RESOURCES)).toEqual([
      {
        name: "a",
        area: "area",
        className: "A",
        services: [
          ["s3", 2],
          ["iam", 1],
        ],
        protectedCount: 1,
        dependsOn: ["b"],
      },
      { name: "b", area: "area", className: "B", services: [["s3", 1]], protectedCount: 0, dependsOn: ["c"] },
      { name: "c", area: "area", className: "C", services: [], protectedCount: 0, dependsOn: [] },
    ]);
  });

  it("are the same in whatever order resources were registered", () => {
    expect(componentsOf(RESOURCES.toReversed())).toEqual(componentsOf(RESOURCES));
  });

  it("must have different names", () => {
    expect(() => componentsOf([stack, component("a"), { ...component("z"), name: "a" }])).toThrow("called a");
  });
});

describe("services", () => {
  it.each([
    ["aws:rds/cluster:Cluster", "rds"],
    ["kubernetes:helm.sh/v3:Release", "helm"],
    ["kubernetes:apps/v1:Deployment", "kubernetes"],
    ["random:index/randomPassword:RandomPassword", "random"],
  ])("are read from the type: %s is %s", (type, service) => {
    expect(serviceOf(type)).toBe(service);
  });
});

describe("arrows", () => {
  const at = (name: string, dependsOn: string[]) => ({
    name,
    area: "x",
    className: name,
    services: [],
    protectedCount: 0,
    dependsOn,
  });
  const chain = [at("a", ["b", "c"]), at("b", ["c"]), at("c", [])];

  it("go between chosen components only", () => {
    expect(asLists(arrowsBetween(chain, new Set(["a", "b"])))).toEqual({ a: ["b"], b: [] });
  });

  it("go through what may be passed, and through nothing else", () => {
    const line = [at("a", ["b"]), at("b", ["c"]), at("c", [])];
    expect(asLists(arrowsBetween(line, new Set(["a", "c"]), new Set(["b"])))).toEqual({ a: ["c"], c: [] });
    expect(asLists(arrowsBetween(line, new Set(["a", "c"])))).toEqual({ a: [], c: [] });
  });

  it("are left out where others lead to the same ground, and kept to everything else", () => {
    const arrows = arrowsBetween(chain, new Set(["a", "b", "c"]));
    expect(asLists(withoutShortcuts(arrows, new Set(["c"])))).toEqual({ a: ["b"], b: ["c"], c: [] });
    expect(asLists(withoutShortcuts(arrows, new Set()))).toEqual({ a: ["b", "c"], b: ["c"], c: [] });
  });

  it("in a circle are kept, so that nothing is cut off", () => {
    const circle = [at("a", ["b", "c"]), at("b", ["c"]), at("c", ["b"])];
    const arrows = arrowsBetween(circle, new Set(["a", "b", "c"]));
    expect(asLists(withoutShortcuts(arrows, new Set(["b", "c"])))).toEqual({ a: ["b", "c"], b: ["c"], c: ["b"] });
  });
});
