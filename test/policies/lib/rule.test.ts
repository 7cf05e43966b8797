import { describe, expect, it } from "vitest";

import type { ResourceRuleSpec, RuleSpec, StackRuleSpec } from "../../../policies/lib/rule.ts";
import { resourceRule, stackRule } from "../../../policies/lib/rule.ts";
import { writtenBy } from "../../../policies/lib/stack-view.ts";
import { evaluate, evaluateStack, UNKNOWN } from "../../support/policy.ts";

const SPEC: RuleSpec = {
  name: "a-rule",
  description: "Sizes are small.",
  severity: "low",
  checklist: ["SEC-01", "SEC-02"],
  url: "https://example.com/",
  remediation: "Make it smaller.",
};

interface Sized {
  readonly size?: number;
}

const SMALL = "test:a:Small";

const onResource = (check: ResourceRuleSpec<Sized>["check"], types: ResourceRuleSpec<Sized>["types"] = [SMALL]) =>
  resourceRule<Sized>({ ...SPEC, types, check });
const onStack = (check: StackRuleSpec<Sized>["check"], type: StackRuleSpec<Sized>["type"] = SMALL) =>
  stackRule<Sized>({ ...SPEC, type, check });

const DEFECT = "(the rule itself) is the rule failed: no such thing, required a verdict";

describe("resourceRule", () => {
  it("tells the SDK everything about itself, and is mandatory unless it says otherwise", () => {
    expect(onResource(() => undefined)).toMatchObject({
      name: "a-rule",
      description: "Sizes are small.",
      severity: "low",
      enforcementLevel: "mandatory",
      tags: ["SEC-01", "SEC-02"],
      url: "https://example.com/",
      remediationSteps: "Make it smaller.",
    });
    expect(
      resourceRule<Sized>({ ...SPEC, level: "advisory", types: [SMALL], check: () => undefined }).enforcementLevel,
    ).toBe("advisory");
  });

  it("sets the SDK's own gate for a single type, and judges several itself", async () => {
    const report = onResource(
      (_props, say) => {
        say({ property: "size", found: "1", required: "0" });
      },
      [SMALL, "test:a:Other"],
    );
    expect(onResource(() => undefined).validateResource).toHaveProperty("__pulumiType", SMALL);
    expect(report.validateResource).not.toHaveProperty("__pulumiType");
    expect(await evaluate(report, "test:a:Other", {})).toHaveLength(1);
    expect(await evaluate(report, "test:a:Third", {})).toEqual([]);
  });

  it("hands over name, type, options and configuration of the subject", async () => {
    const rule = onResource((_props, report, { name, type, options, config }) => {
      report({
        property: `${type} ${name}`,
        found: String(options.protect),
        required: String(config<{ limit: number }>().limit),
      });
    });
    const findings = await evaluate(
      rule,
      SMALL,
      {},
      { name: "orders", options: { protect: true }, config: { limit: 3 } },
    );
    expect(findings).toEqual([`${SMALL} orders is true, required 3`]);
  });

  it("writes resource, remediation and checklist into the message; the finding's own fix wins", async () => {
    const messages: string[] = [];
    const rule = onResource((_props, report) => {
      report({ property: "size", found: "1", required: "0" });
      report({ property: "size", found: "2", required: "0", fix: "Halve it." });
    });
    const { validateResource } = rule;
    if (typeof validateResource !== "function") throw new Error("expected one function");
    const judged = await evaluate(
      {
        ...rule,
        validateResource: (args) =>
          validateResource(args, (message) => {
            messages.push(message);
          }),
      },
      SMALL,
      {},
    );
    expect(judged).toEqual([]);
    expect(messages[0]).toContain("resource:  subject\n");
    expect(messages[0]).toContain("fix:       Make it smaller.\nchecklist: SEC-01, SEC-02");
    expect(messages[1]).toContain("fix:       Halve it.");
  });

  it("turns a thrown error into a violation of the rule, and keeps what was found before", async () => {
    const rule = onResource((_props, report) => {
      report({ property: "size", found: "1", required: "0" });
      throw new Error("no such thing");
    });
    expect(await evaluate(rule, SMALL, {})).toEqual(["size is 1, required 0", DEFECT]);
  });

  it("is undetermined when it reads an unknown, and keeps what was found before", async () => {
    const rule = onResource((props, report) => {
      report({ property: "name", found: "1", required: "0" });
      if (props.size === 0) report({ property: "size", found: "0", required: "1" });
    });
    expect(await evaluate(rule, SMALL, { size: UNKNOWN })).toEqual(["name is 1, required 0", "undetermined: size"]);
  });
});

describe("stackRule", () => {
  it("judges each resource of its types, sorted by URN whatever the engine's order", async () => {
    const rule = onStack((resource, _stack, report) => {
      report({ property: "size", found: String(resource.props.size), required: "0" });
    });
    const entries = ["c", "a", "b"].map((name, size) => ({ type: SMALL, name, props: { size } }));
    expect(await evaluateStack(rule, entries)).toEqual([
      "a: size is 1, required 0",
      "b: size is 2, required 0",
      "c: size is 0, required 0",
    ]);
    expect(await evaluateStack(rule, entries.toReversed())).toEqual(await evaluateStack(rule, entries));
  });

  it("sets the SDK's own gate for a single type, and says nothing without a resource of its types", async () => {
    const rule = onStack(
      (_resource, _stack, report) => {
        report({ property: "size", found: "1", required: "0" });
      },
      [SMALL, "test:a:Other"],
    );
    expect(onStack(() => undefined).validateStack).toHaveProperty("__pulumiType", SMALL);
    expect(rule.validateStack).not.toHaveProperty("__pulumiType");
    expect(await evaluateStack(rule, [{ type: "test:a:Third", name: "x" }])).toEqual([]);
    expect(await evaluateStack(rule, [{ type: "test:a:Other", name: "x" }])).toEqual(["x: size is 1, required 0"]);
  });

  it("joins through the engine's dependencies of one property, never through values", async () => {
    const rule = onStack((resource, stack, report) => {
      const users = stack.referring("test:a:User", "target", resource).map(({ name }) => name);
      report({ property: "users", found: users.join(","), required: "none" });
    });
    const found = await evaluateStack(rule, [
      { type: SMALL, name: "one" },
      { type: "test:a:User", name: "u2", refers: { target: ["one"] } },
      { type: "test:a:User", name: "u1", props: { target: UNKNOWN }, refers: { target: ["one"] } },
      { type: "test:a:User", name: "u3", refers: { other: ["one"] } },
      { type: "test:a:User", name: "u4", props: { target: "one" } },
    ]);
    expect(found).toEqual(["one: users is u1,u2, required none"]);
  });

  it("is undetermined for the resource whose value is unknown, and judges the others", async () => {
    const rule = onStack((resource, _stack, report) => {
      if (resource.props.size !== 0) report({ property: "size", found: String(resource.props.size), required: "0" });
    });
    let unread = "";
    const { validateStack } = rule;
    const listening = {
      ...rule,
      validateStack: (...[args, report]: Parameters<typeof validateStack>) => {
        try {
          return validateStack(args, report);
        } catch (error) {
          unread = String(error);
          throw error;
        }
      },
    };
    const findings = await evaluateStack(listening, [
      { type: SMALL, name: "a", props: { size: UNKNOWN } },
      { type: SMALL, name: "b", props: { size: 1 } },
      { type: SMALL, name: "c", props: { size: UNKNOWN } },
    ]);
    expect(findings).toEqual(["b: size is 1, required 0", "undetermined: size"]);
    // The engine shows one diagnostic for the rule, so that one names every resource.
    expect(unread).toMatch(/::a \(.*\.size can't be known.*; .*::c \(.*\.size can't be known/);
  });

  it("knows nothing of a Kubernetes object that comes without properties, as before the cluster exists", async () => {
    const kind = "kubernetes:core/v1:Namespace";
    const rule = onStack((resource, _stack, report) => {
      if (resource.props.size === undefined) report({ property: "size", found: "nothing", required: "1" });
    }, kind);
    expect(await evaluateStack(rule, [{ type: kind, name: "a", props: {} }])).toEqual(["undetermined: size"]);
    expect(await evaluateStack(rule, [{ type: kind, name: "a", props: { kind: "Namespace" } }])).toEqual([
      "a: size is nothing, required 1",
    ]);
  });

  it("turns a thrown error into a violation of the rule on that resource, and judges the others", async () => {
    const rule = onStack((resource, _stack, report) => {
      if (resource.name === "a") throw new Error("no such thing");
      report({ property: "size", found: "1", required: "0" });
    });
    const entries = ["a", "b"].map((name) => ({ type: SMALL, name }));
    expect(await evaluateStack(rule, entries)).toEqual([`a: ${DEFECT}`, "b: size is 1, required 0"]);
  });

  it("judges what the program wrote, not what providers and others made of it", async () => {
    const rule = onStack((resource, _stack, report) => {
      if (resource.props.size !== undefined)
        report({ property: "size", found: String(resource.props.size), required: "0" });
    });
    const entry = { type: SMALL, name: "a", changed: { size: 7 } };
    // Without inputs, as of a resource that the run imports, the answer is all there is.
    expect(await evaluateStack(rule, [entry], {}, { imported: ["a: size is 7, required 0"] })).toEqual([]);
  });

  it("is undetermined where the program is asked and its words are not there", async () => {
    const undecided: string[] = [];
    const rule = onStack((resource) => {
      try {
        writtenBy(resource);
      } catch (error) {
        undecided.push(String(error));
        throw error;
      }
    });
    expect(await evaluateStack(rule, [{ type: SMALL, name: "a" }])).toEqual([]);
    // Both readings of the answer alone ask in vain; with the inputs there is an answer.
    expect(undecided).toHaveLength(2);
    expect(undecided[0]).toContain("what the program wrote");
  });
});
