import { describe, expect, it } from "vitest";

import { plain } from "../../cli/output.ts";
import type { Verdict } from "../../preview/analyzer/verdict.ts";
import { makeSecret } from "../../preview/engine/wire.ts";
import { jsonReport } from "../../preview/report/json.ts";
import { markdownReport } from "../../preview/report/markdown.ts";
import { textReport } from "../../preview/report/text.ts";
import type { Preview } from "../../preview/run.ts";
import { resource } from "../support/preview.ts";

const group = resource({ type: "preflight:storage:Store", name: "store", custom: false });
const bucket = resource({
  type: "aws:s3/bucket:Bucket",
  name: "store-logs",
  parent: group.urn,
  inputs: { acl: "public-read", token: makeSecret("hunter2") },
});
const violation: Verdict = {
  kind: "violation",
  rule: "no-public-bucket",
  mandatory: true,
  severity: "high",
  urn: bucket.urn,
  property: "acl",
  found: "public-read",
  required: "private | owner",
  fix: "Set acl to private.",
  checklist: "SEC-01",
  message: "",
};
const preview: Preview = {
  environment: "test",
  resources: [bucket, group],
  rules: [
    {
      name: "no-public-bucket",
      level: "mandatory",
      severity: "high",
      checklist: ["SEC-01"],
      description: "",
      url: "",
      settings: undefined,
      required: [],
    },
  ],
  verdicts: [
    violation,
    {
      ...violation,
      kind: "undetermined",
      rule: "lifecycle",
      property: "rules.0",
      severity: "medium",
      found: "",
      required: "",
      fix: "",
    },
    {
      ...violation,
      rule: "foreign",
      mandatory: false,
      urn: undefined,
      property: "",
      message: "The stack is large.\nSplit it.",
    },
  ],
  remediations: [{ rule: "tags", urn: bucket.urn }],
  log: [{ severity: "warning", message: "mind the gap", urn: undefined }],
  printed: "",
};
const text = (more = {}) => textReport([preview], { paint: plain, width: 60, resources: false, ...more });

describe("the text report", () => {
  it("reads as intended", () => {
    expect(text()).toBe(`test: 1 resource in 1 component
────────────────────────────────────────────────────────────
  store  Store                                             1
    s3 Bucket

Violations (1)
  ✗ no-public-bucket  high, SEC-01
    store-logs (s3 Bucket): acl
      found    public-read
      required private | owner
      fix      Set acl to private.

Undetermined (1)
  ? lifecycle  medium, SEC-01
    store-logs (s3 Bucket): rules.0 is not known before the deployment

Advisory (1)
  ! foreign  high, SEC-01
    the stack
      The stack is large.
      Split it.

Notes
  tags changed store-logs (s3 Bucket) before it was judged
  warning: mind the gap

test: 1 resource, 1 rule: 1 violation, 1 undetermined, 1 advisory
`);
  });

  it("ends with what people do next, where the program says so, and has no heading for nothing", () => {
    const stack = resource({ type: "pulumi:pulumi:Stack", name: "fixture-test", custom: false });
    const saying = (nextSteps: unknown): Preview => ({
      ...preview,
      resources: [bucket, group, { ...stack, outputs: { nextSteps } }],
    });
    const steps = ["Delegate the zone", "Run it again"];
    const report = textReport([saying(steps)], { paint: plain, width: 60, resources: false });
    expect(report).toContain("\nNext steps\n  1. Delegate the zone\n  2. Run it again\n\ntest: ");
    expect(markdownReport([saying(steps)], { resources: false })).toContain(
      "### Next steps\n\n1. Delegate the zone\n1. Run it again\n",
    );
    expect(JSON.parse(jsonReport([saying(steps)], { resources: false })).environments[0].nextSteps).toEqual(steps);
    for (const none of [[], undefined, "text"])
      expect(textReport([saying(none)], { paint: plain, width: 60, resources: false })).not.toContain("Next steps");
  });

  it("shows inputs on request, and never a secret", () => {
    const shown = text({ resources: true });
    expect(shown).toContain('"acl": "public-read"');
    expect(shown).toContain('"token": "[secret]"');
    expect(shown).not.toContain("hunter2");
  });

  it("tells of an environment that could not be previewed, and ends with every summary", () => {
    const report = textReport(
      [{ environment: "qa", code: "program-failed", problem: "The key is wrong.\nChange it." }, preview],
      {
        paint: plain,
        width: 60,
        resources: false,
      },
    );
    expect(report).toMatch(/^qa: no preview\n {2}The key is wrong\.\n {2}Change it\.\n\n/);
    expect(report).toMatch(/\n\nqa: no preview, see above\ntest: 1 resource, .*\n$/);
  });
});

describe("the markdown report", () => {
  const report = markdownReport([preview], { resources: true });

  it("begins with the verdict", () => {
    expect(report).toMatch(/^## test\n\n❌ test: 1 resource, 1 rule: 1 violation, 1 undetermined, 1 advisory\n/);
  });

  it("escapes what would break a table", () => {
    expect(report).toContain(
      "| `no-public-bucket` | high | `store-logs` (s3 Bucket) | `acl` | public-read | private \\| owner | Set acl to private. | SEC-01 |",
    );
    expect(report).toContain("| The stack is large. Split it. |");
  });

  it("hides the tree and the inputs in details, without secrets", () => {
    expect(report).toContain("- **store** Store, 1: s3 Bucket");
    expect(report).toContain('"token": "[secret]"');
    expect(report).not.toContain("hunter2");
  });

  it("lets placeholders be seen, and no value end the block of a problem", () => {
    const open = { ...violation, found: "<b>x</b>", fix: "Use <environment>." };
    expect(markdownReport([{ ...preview, verdicts: [open] }], { resources: false })).toContain(
      "| &lt;b&gt;x&lt;/b&gt; | private \\| owner | Use &lt;environment&gt;. |",
    );
    expect(
      markdownReport([{ environment: "qa", code: "program-failed", problem: "Found\n```\n# Approved" }], {
        resources: false,
      }),
    ).toContain("\n````text\nFound\n```\n# Approved\n````\n");
  });

  it("says so when there is no preview", () => {
    expect(
      markdownReport([{ environment: "<qa>", code: "program-failed", problem: "Broken." }], { resources: false }),
    ).toContain("## &lt;qa&gt;\n");
    expect(
      markdownReport([{ environment: "qa", code: "program-failed", problem: "Broken." }], { resources: false }),
    ).toBe("## qa\n\n❌ no preview\n\n```text\nBroken.\n```\n");
  });
});

describe("the JSON report", () => {
  it("holds summary, verdicts, rules and resources", () => {
    expect(JSON.parse(jsonReport([preview], { resources: false }))).toMatchObject({
      environments: [
        {
          environment: "test",
          summary: { violations: 1 },
          verdicts: [{ rule: "no-public-bucket", urn: bucket.urn }, {}, {}],
          rules: [{ level: "mandatory" }],
          resources: [{ urn: bucket.urn }, {}],
        },
      ],
    });
  });

  it("holds inputs on request, and never a secret", () => {
    expect(jsonReport([preview], { resources: false })).not.toContain('acl":');
    const report = jsonReport([preview], { resources: true });
    expect(report).toContain('"token": "[secret]"');
    expect(report).not.toContain("hunter2");
  });
});
