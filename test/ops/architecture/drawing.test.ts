import { describe, expect, it } from "vitest";

import { areasOf, fullDrawing, picture, titleOf } from "../../../ops/architecture/drawing.ts";
import type { Component } from "../../../ops/architecture/graph.ts";
import { promiseOf } from "../../../ops/architecture/sources.ts";
import { componentTables } from "../../../ops/architecture/table.ts";
import { withPart } from "../../../ops/docs/markers.ts";

const at = (name: string, className: string, dependsOn: readonly string[] = [], area = "edge"): Component => ({
  name,
  area,
  className,
  services: [
    ["cloudwatch", 3],
    ["s3", 2],
    ["iam", 1],
  ],
  protectedCount: 1,
  dependsOn,
});

/** The smallest environment that can be drawn. */
const ENVIRONMENT: readonly Component[] = [
  at("backup", "Backup", ["database", "keys"], "data"),
  at("balancer-firewall", "BalancerFirewall", ["secret"]),
  at("budget", "Budget", ["notify"], "operations"),
  at("cache", "Cache", ["cluster", "network"], "data"),
  at("cdn", "Cdn", ["secret", "edge-firewall", "keys"]),
  at("cluster", "Cluster", ["network"], "cluster"),
  at("database", "Database", ["cluster"], "data"),
  at("edge-firewall", "EdgeFirewall"),
  at("keys", "Keys", [], "security"),
  at("logs", "AccessLogs", [], "storage"),
  at("network", "Network", ["keys"], "network"),
  at("notify", "Notify", [], "operations"),
  at("platform", "ClusterServices", ["cluster"], "cluster"),
  at("queues", "Queues", [], "data"),
  at("secret", "OriginSecret"),
  at("twins", "KeyTwins", [], "security"),
  at("workloads", "Workloads", ["balancer-firewall", "platform", "network", "database"], "workload"),
];

const without = (name: string, dependency: string) =>
  ENVIRONMENT.map((one) =>
    one.name === name ? { ...one, dependsOn: one.dependsOn.filter((other) => other !== dependency) } : one,
  );

describe("the drawing of all components", () => {
  const lines = fullDrawing(ENVIRONMENT).split("\n");

  it("shows every component once, as a box or in a list", () => {
    for (const component of ENVIRONMENT)
      expect(
        lines.filter(
          (line) =>
            (line.includes("[") && line.includes(`>${titleOf(component)}<`)) ||
            line.includes(`>${titleOf(component)}"`),
        ),
      ).toHaveLength(1);
  });

  it("draws no arrow to what nearly everything uses, and none where another leads to the ground", () => {
    expect(lines).not.toContain("  cdn --> keys");
    expect(lines).not.toContain("  workloads --> network");
    expect(lines).toContain("  workloads --> database");
    expect(lines).toContain("  cluster --> network");
  });

  it("names the services that make a component special", () => {
    expect(lines).toContain('    cdn["<b>CDN</b><br/>s3"]');
  });

  it.each([
    ["cdn", "secret"],
    ["balancer-firewall", "secret"],
    ["workloads", "balancer-firewall"],
  ])("refuses to draw requests once %s no longer refers to %s", (name, dependency) => {
    expect(() => fullDrawing(without(name, dependency))).toThrow("how do requests reach the services?");
  });

  it("refuses an area without title, and an environment without what it names", () => {
    expect(() => areasOf([at("x", "X", [], "elsewhere")])).toThrow('The area "elsewhere" of X has no title');
    expect(() => fullDrawing(ENVIRONMENT.filter(({ name }) => name !== "notify"))).toThrow("names Notify");
  });
});

describe("the small picture", () => {
  it("has at most 14 boxes", () => {
    expect(picture(ENVIRONMENT).match(/<b>|\(\[/g)).toHaveLength(12);
  });
});

describe("the tables", () => {
  const text = componentTables(ENVIRONMENT.slice(0, 2), () => ({ file: "components/x.ts", promise: "Is a | b." }));

  it("say where a component is, what it is, what it holds and what it refers to", () => {
    expect(text).toContain("2 components, 12 resources, 2 of them protected.");
    expect(text).toContain("### Data and messages\n");
    expect(text).toContain(
      "| [Backup](../components/x.ts) | Is a \\| b. | 6: cloudwatch 3, s3 2, iam 1 | 1 | database, keys |",
    );
  });
});

describe("what a class promises", () => {
  it("is the first sentence right above it", () => {
    const text =
      "/** Other. */\nconst a = 1;\n\n/**\n * Keeps {@link a} at 1.5,\n * always. And more.\n */\nexport class Keeper {}\n";
    expect(promiseOf(text, "Keeper")).toBe("Keeps a at 1.5, always.");
  });

  it("is nothing where the comment belongs to something else", () => {
    expect(promiseOf("/** Other. */\nconst a = 1;\nexport class Keeper {}\n", "Keeper")).toBeUndefined();
  });
});

describe("generated parts", () => {
  it("replace what stood between their markers, again and again", () => {
    const once = withPart("a\n<!-- generated:x -->\nold\n<!-- end:x -->\nb\n", "x", "new");
    expect(once).toBe("a\n<!-- generated:x -->\n\nnew\n\n<!-- end:x -->\nb\n");
    expect(withPart(once, "x", "new")).toBe(once);
  });

  it.each(["none", "<!-- generated:x -->\n", "<!-- end:x -->\n<!-- generated:x -->\n"])(
    "need both markers, in order: %j",
    (text) => {
      expect(() => withPart(text, "x", "new")).toThrow("must have one line");
    },
  );
});
