import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { pages } from "../../ops/docs/pages.ts";
import { policiesPage } from "../../ops/docs/policies-page.ts";
import { resourceRule } from "../../policies/lib/rule.ts";
import { rules } from "../../policies/rules.ts";

const all = await pages();
const root = join(import.meta.dirname, "..", "..");

describe("generated documents", () => {
  it.each(all)("are up to date; if not, run npm run docs: $file", ({ file, content }) => {
    expect(readFileSync(join(root, file), "utf8")).toBe(content);
  });

  it("list every rule once, each under the service it judges", () => {
    const page = all.find(({ file }) => file === "docs/policies.md")?.content ?? "";
    const named = [...page.matchAll(/^\| \[?`([\w-]+)`/gm)].map(([, name]) => name);
    expect(named.toSorted()).toEqual(rules.map(({ name }) => name).toSorted());
  });
});

describe("the page of rules", () => {
  const rule = resourceRule<object>({
    name: "b-rule",
    description: "Sizes are\n small | <5.",
    severity: "low",
    level: "advisory",
    checklist: ["SEC-01", "SEC-02"],
    url: "https://example.com/sizes",
    remediation: "Make it smaller.",
    config: { properties: { limit: { type: "integer", description: "Largest size, in MiB.", default: 5 } } },
    types: ["test:a:Small"],
    check: () => undefined,
  });

  it("shows everything a rule says about itself, on one line, with its settings below", () => {
    const page = policiesPage([{ service: "sizes", rule }]);
    expect(page).toContain("Rules: 1, 0 of them mandatory.\n\n## sizes\n");
    expect(page).toContain(
      "\n| [`b-rule`](https://example.com/sizes) | low | advisory | resource | Sizes are small \\| &lt;5. | Make it smaller. | SEC-01, SEC-02 |\n",
    );
    expect(page).toMatch(/\nSettings of `b-rule`:\n\n- `limit`: Largest size, in MiB\. Default: `5`\.\n$/);
  });

  it("is sorted by service and name, whatever the order of the rules", () => {
    const placed = [
      { service: "z", rule },
      { service: "a", rule },
      { service: "a", rule: { ...rule, name: "a-rule" } },
    ];
    expect(policiesPage(placed)).toBe(policiesPage(placed.toReversed()));
    expect(
      [...policiesPage(placed).matchAll(/^## (\w)|^\| \[`([\w-]+)`/gm)].map(([, service, name]) => service ?? name),
    ).toEqual(["a", "a-rule", "b-rule", "z", "b-rule"]);
  });
});
