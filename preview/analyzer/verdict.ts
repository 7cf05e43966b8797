import type { AnalyzeDiagnostic } from "@pulumi/pulumi/proto/analyzer_pb.js";

import { parseFinding } from "../../core/finding.ts";
import type { RuleInfo } from "./configuration.ts";
import { levelOf, severityOf } from "./messages.ts";

/** What a rule says about a resource, or about the stack. */
export interface Verdict {
  /** `undetermined`: the rule needs a value that is not known before the deployment. */
  readonly kind: "violation" | "undetermined";
  readonly rule: string;
  /** Whether it stops a deployment. */
  readonly mandatory: boolean;
  readonly severity: string;
  /** The resource; undefined when the rule speaks of the stack as a whole. */
  readonly urn: string | undefined;
  readonly property: string;
  readonly found: string;
  readonly required: string;
  readonly fix: string;
  /** Requirement ids, separated by commas. */
  readonly checklist: string;
  /** What the rule said, where it is not one of the above. */
  readonly message: string;
}

/** Order of kinds and severities in reports: what is worst comes first. */
const SEVERITY_ORDER = ["critical", "high", "medium", "low", "unspecified"];

export function compareVerdicts(a: Verdict, b: Verdict): number {
  const keys = ({ mandatory, severity, rule, urn, property, message }: Verdict) => [
    mandatory ? "0" : "1",
    String(SEVERITY_ORDER.indexOf(severity)),
    rule,
    urn ?? "",
    property,
    message,
  ];
  const left = keys(a);
  const right = keys(b);
  const at = left.findIndex((key, position) => key !== right[position]);
  return at === -1 ? 0 : (left[at] ?? "") < (right[at] ?? "") ? -1 : 1;
}

/** `can't run policy 'x' from policy pack 'p@v1' during preview: string value at .a.b can't be known during preview` */
const CANT_RUN = /^can't run (?:policy|remediation) '[^']*' from policy pack '[^']*' during preview: (.*)$/s;

/** `string value at .a.b can't be known during preview` */
const PATH = /value at \.(\S*) can't be known/;

/** Our stack rules name each resource they could not judge: `urn (reason); urn (reason)`. */
const RESOURCE_REASONS = /(urn:pulumi:.+?) \(([^()]*)\)(?:; |$)/g;

function undetermined(
  base: Omit<Verdict, "kind" | "urn" | "property">,
  urn: string | undefined,
  reason: string,
): Verdict {
  return { ...base, kind: "undetermined", urn, property: PATH.exec(reason)?.[1] ?? reason };
}

/**
 * The verdicts of a diagnostic: several when a stack rule could not judge several resources.
 * `urn` is the judged resource, undefined for the judgement of a stack; `level` what the rule is configured to.
 */
export function verdictsOf(
  diagnostic: AnalyzeDiagnostic,
  urn: string | undefined,
  rule: Pick<RuleInfo, "level" | "checklist"> | undefined,
): Verdict[] {
  const text = diagnostic.getMessage();
  const base = {
    rule: diagnostic.getPolicyname(),
    severity: severityOf(diagnostic.getSeverity()),
    found: "",
    required: "",
    fix: "",
    checklist: rule?.checklist.join(", ") ?? "",
    message: "",
  };
  const reason = CANT_RUN.exec(text)?.[1];
  if (reason !== undefined) {
    // The SDK downgrades what it cannot decide to advisory; whether it matters is the rule's own level.
    const mandatory = rule?.level === "mandatory" || rule?.level === "remediate";
    const named = [...reason.matchAll(RESOURCE_REASONS)];
    if (named.length === 0) return [undetermined({ ...base, mandatory }, urn, reason)];
    return named.map(([, subject, why]) => undetermined({ ...base, mandatory }, subject, why ?? ""));
  }
  const mandatory = levelOf(diagnostic.getEnforcementlevel()) !== "advisory";
  const finding = parseFinding(text);
  const subject = urn ?? (diagnostic.getUrn() === "" ? undefined : diagnostic.getUrn());
  if (finding === undefined)
    return [{ ...base, kind: "violation", mandatory, urn: subject, property: "", message: text }];
  const { property, found, required, fix, checklist } = finding;
  return [{ ...base, kind: "violation", mandatory, urn: subject, property, found, required, fix, checklist }];
}
