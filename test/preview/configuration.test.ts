import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import { describe, expect, it } from "vitest";

import type { RuleConfiguration, RuleInfo } from "../../preview/analyzer/configuration.ts";
import { reconcile } from "../../preview/analyzer/configuration.ts";
import { configureRequest, initialConfigurationOf, readDiagnostics, rulesOf } from "../../preview/analyzer/messages.ts";
import { structOf } from "../../preview/engine/struct.ts";

const rule = (name: string, more: Partial<RuleInfo> = {}): RuleInfo => ({
  name,
  level: "mandatory",
  severity: "high",
  checklist: [],
  description: "",
  url: "",
  settings: undefined,
  required: [],
  ...more,
});

const RETENTION = rule("retention", {
  settings: { days: { type: "integer", minimum: 7, default: 30 }, regions: { type: "array", default: ["a"] } },
});
const RULES = [RETENTION, rule("encryption"), rule("hint", { level: "advisory" })];

/** What the rules end up with, as `level settings`. */
function result(initial: Record<string, RuleConfiguration>): Record<string, string> {
  return Object.fromEntries(
    [...reconcile(RULES, new Map(Object.entries(initial)))].map(([name, { level, settings }]) => [
      name,
      `${level} ${JSON.stringify(settings)}`,
    ]),
  );
}

describe("the configuration that a pack is told", () => {
  it("holds level and the schema's defaults of every rule", () => {
    expect(result({})).toEqual({
      retention: 'mandatory {"days":30,"regions":["a"]}',
      encryption: "mandatory {}",
      hint: "advisory {}",
    });
  });

  it("takes the pack's own settings over the defaults, key by key, and its levels", () => {
    const initial = { retention: { level: "advisory" as const, settings: { regions: ["b", "c"] } } };
    expect(result(initial)["retention"]).toBe('advisory {"days":30,"regions":["b","c"]}');
  });

  it("refuses a rule that does not exist, which the engine would ignore", () => {
    expect(() => result({ encrypton: { level: "disabled", settings: {} } })).toThrow(
      'there is no rule "encrypton". Did you mean "encryption"?',
    );
  });

  it("names every setting that does not fit its schema", () => {
    expect(() => result({ retention: { level: "mandatory", settings: { days: 3, regions: "a" } } })).toThrow(
      /retention: days must be at least 7, is 3\n {2}retention: regions is string, must be array/,
    );
  });

  it("requires what a schema requires", () => {
    const strict = rule("strict", { settings: { owner: { type: "string" } }, required: ["owner"] });
    expect(() => reconcile([strict], new Map())).toThrow("strict: owner is required");
  });
});

describe("a pack's initial configuration", () => {
  it("reads as advisory where it gives settings without a level, as the engine does", () => {
    const info = new analyzer.AnalyzerInfo();
    info.getInitialconfigMap().set("retention", new analyzer.PolicyConfig().setProperties(structOf({ days: 10 })));
    expect(initialConfigurationOf(info).get("retention")).toEqual({ level: "advisory", settings: { days: 10 } });
  });
});

describe("the messages to a pack", () => {
  it("always carry level and settings of every rule", () => {
    const map = configureRequest(new Map([["encryption", { level: "mandatory", settings: {} }]])).getPolicyconfigMap();
    const entry = map.get("encryption");
    expect(entry?.getEnforcementlevel()).toBe(1);
    expect(entry?.getProperties()?.toJavaScript()).toEqual({});
  });

  it("read what a rule says about itself", () => {
    const policy = new analyzer.PolicyInfo()
      .setName("retention")
      .setEnforcementlevel(analyzer.EnforcementLevel.MANDATORY)
      .setSeverity(analyzer.PolicySeverity.POLICY_SEVERITY_CRITICAL)
      .setTagsList(["SEC-01"]);
    policy.setConfigschema(
      new analyzer.PolicyConfigSchema()
        .setProperties(structOf({ days: { type: "integer" } }))
        .setRequiredList(["days"]),
    );
    expect(rulesOf(new analyzer.AnalyzerInfo().setPoliciesList([policy]))).toEqual([
      rule("retention", {
        severity: "critical",
        checklist: ["SEC-01"],
        settings: { days: { type: "integer" } },
        required: ["days"],
      }),
    ]);
  });

  it("lose no diagnostic of an answer, wherever it stands", () => {
    const texts = ["a", "b", "c"];
    const answer = new analyzer.AnalyzeResponse()
      .setNotApplicableList(
        texts.map((name) => new analyzer.PolicyNotApplicable().setPolicyName(name).setReason("another type")),
      )
      .setDiagnosticsList(texts.map((text) => new analyzer.AnalyzeDiagnostic().setMessage(text)));
    expect(readDiagnostics(answer.serializeBinary()).map((diagnostic) => diagnostic.getMessage())).toEqual(texts);
    expect(readDiagnostics(new Uint8Array())).toEqual([]);
  });
});
