import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import { describe, expect, it } from "vitest";

import type { Verdict } from "../../preview/analyzer/verdict.ts";
import { compareVerdicts, verdictsOf } from "../../preview/analyzer/verdict.ts";

const URN = "urn:pulumi:test::fixture::aws:s3/bucket:Bucket::logs";
const MANDATORY = { level: "mandatory", checklist: ["SEC-01", "SEC-02"] } as const;

const { ADVISORY } = analyzer.EnforcementLevel;

const diagnostic = (message: string, level: analyzer.EnforcementLevel = analyzer.EnforcementLevel.MANDATORY) =>
  new analyzer.AnalyzeDiagnostic()
    .setPolicyname("no-public-bucket")
    .setMessage(message)
    .setEnforcementlevel(level)
    .setSeverity(analyzer.PolicySeverity.POLICY_SEVERITY_HIGH);

describe("a diagnostic of the pack", () => {
  it("becomes a violation with what our rules say", () => {
    const text =
      "Buckets are private.\nresource:  logs\nproperty:  acl\nfound:     public-read\nrequired:  private\nfix:       Set acl to private.\nchecklist: SEC-01";
    expect(verdictsOf(diagnostic(text), URN, MANDATORY)).toEqual([
      {
        kind: "violation",
        rule: "no-public-bucket",
        mandatory: true,
        severity: "high",
        urn: URN,
        property: "acl",
        found: "public-read",
        required: "private",
        fix: "Set acl to private.",
        checklist: "SEC-01",
        message: "",
      },
    ]);
  });

  it("becomes a violation with its text when the rule is somebody else's", () => {
    expect(verdictsOf(diagnostic("Buckets are private.\nacl is public"), URN, undefined)).toMatchObject([
      { kind: "violation", property: "", message: "Buckets are private.\nacl is public" },
    ]);
  });

  it("is undetermined when a value is not known, with the path and the weight of the rule's own level", () => {
    const text =
      "can't run policy 'no-public-bucket' from policy pack 'preflight@v0.1.0' during preview: string value at .rules.0.id can't be known during preview";
    // The SDK sends it as advisory whatever the rule's level is.
    expect(verdictsOf(diagnostic(text, ADVISORY), URN, MANDATORY)).toMatchObject([
      { kind: "undetermined", mandatory: true, urn: URN, property: "rules.0.id", checklist: "SEC-01, SEC-02" },
    ]);
    expect(verdictsOf(diagnostic(text, ADVISORY), URN, { level: "advisory", checklist: [] })).toMatchObject([
      { kind: "undetermined", mandatory: false },
    ]);
  });

  it("is undetermined for each resource that a stack rule names", () => {
    const text =
      "can't run policy 'no-public-bucket' from policy pack 'preflight@v0.1.0' during preview: " +
      `${URN} (string value at .acl can't be known during preview); ${URN}-2 (boolean value at .open can't be known during preview)`;
    expect(
      verdictsOf(diagnostic(text, ADVISORY), undefined, MANDATORY).map(({ urn, property }) => [urn, property]),
    ).toEqual([
      [URN, "acl"],
      [`${URN}-2`, "open"],
    ]);
  });

  it("speaks of the stack when a stack rule names no resource", () => {
    expect(verdictsOf(diagnostic("d\ntoo many"), undefined, MANDATORY)[0]?.urn).toBeUndefined();
    expect(verdictsOf(diagnostic("d\ntoo many").setUrn(URN), undefined, MANDATORY)[0]?.urn).toBe(URN);
  });
});

describe("verdicts in order", () => {
  const verdict = (rule: string, more: Partial<Verdict> = {}): Verdict => ({
    kind: "violation",
    rule,
    mandatory: true,
    severity: "high",
    urn: URN,
    property: "",
    found: "",
    required: "",
    fix: "",
    checklist: "",
    message: "",
    ...more,
  });

  it("put the mandatory first, then the severe, then by rule and resource", () => {
    const sorted = [
      verdict("b"),
      verdict("z", { mandatory: false, severity: "critical" }),
      verdict("a", { urn: `${URN}-2` }),
      verdict("a"),
      verdict("c", { severity: "critical" }),
    ].toSorted(compareVerdicts);
    expect(sorted.map(({ rule, urn }) => `${rule} ${urn?.split("::").at(-1) ?? ""}`)).toEqual([
      "c logs",
      "a logs",
      "a logs-2",
      "b logs",
      "z logs",
    ]);
  });
});
