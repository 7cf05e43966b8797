import type {
  EnforcementLevel,
  PolicyConfigSchema,
  PolicyResourceOptions,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { Unwrap } from "@pulumi/pulumi";

import type { Finding } from "../../core/finding.ts";
import { formatFinding } from "../../core/finding.ts";
import { UNKNOWN_STRING, UnknownValueError } from "./sdk.ts";
import type { StackResource, StackView } from "./stack-view.ts";
import { remember, typed, viewOf } from "./stack-view.ts";

export type { StackResource, StackView };

/** What every rule says about itself; all of it is shown in reports and in the generated documentation. */
export interface RuleSpec {
  /** Permanent name, equal to the file's name: users configure and except rules by it. */
  readonly name: string;
  /** What must hold and why it matters, in one or two sentences. */
  readonly description: string;
  /** How bad it is when the rule is broken. */
  readonly severity: Severity;
  /** `mandatory` (blocks) when absent. */
  readonly level?: EnforcementLevel;
  /** Requirement ids of the catalogue which the rule carries. */
  readonly checklist: readonly [string, ...string[]];
  /** The page that explains the setting. */
  readonly url: string;
  /** The usual mend, in one line. */
  readonly remediation: string;
  /** Settings of the rule which a pack configuration may change; defaults belong in the schema. */
  readonly config?: PolicyConfigSchema;
}

/** The resource that a rule judges. */
export interface Subject {
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly urn: string;
  readonly options: PolicyResourceOptions;
  /** The rule's configuration; empty when the engine sent none. */
  readonly config: <T extends object>() => Partial<T>;
}

export type Report = (finding: Finding) => void;

export interface ResourceRuleSpec<TArgs> extends RuleSpec {
  /** Type tokens judged. With one, the SDK skips other resources before it unpacks them. */
  readonly types: readonly [string, ...string[]];
  /** Judges the inputs. Reading an unknown value ends the check as undetermined; the engine reports the path. */
  readonly check: (props: Unwrap<TArgs>, report: Report, subject: Subject) => void;
}

/** What the SDK needs to know of a rule, with the checklist ids as tags. */
function describe(spec: RuleSpec) {
  return {
    name: spec.name,
    description: spec.description,
    severity: spec.severity,
    enforcementLevel: spec.level ?? "mandatory",
    tags: [...spec.checklist],
    url: spec.url,
    remediationSteps: spec.remediation,
    ...(spec.config === undefined ? {} : { configSchema: spec.config }),
  };
}

/** Turns a finding into the text that reaches the user. */
function textOf(spec: RuleSpec, resource: string, finding: Finding): string {
  return formatFinding({ resource, fix: spec.remediation, checklist: spec.checklist.join(", "), ...finding });
}

/** A defect of the rule itself must not hide the verdicts of all others, as an exception would: it is a violation. */
function textOfDefect(spec: RuleSpec, resource: string, error: unknown): string {
  return textOf(spec, resource, {
    property: "(the rule itself)",
    found: `the rule failed: ${error instanceof Error ? error.message : String(error)}`,
    required: "a verdict",
    fix: `Report this as a defect of the rule ${spec.name}; an exception for the resource lets the deployment pass.`,
  });
}

/** Ends a check that does not concern the resource. The SDK does it by an error, whose stack nobody reads: it is not recorded. */
function skip(args: ResourceValidationArgs, reason: string): void {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    args.notApplicable(reason);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** A rule that judges one resource by its inputs, before it is created or changed. */
export function resourceRule<TArgs>(spec: ResourceRuleSpec<TArgs>): ResourceValidationPolicy {
  const types = new Set(spec.types);
  const [onlyType, ...others] = spec.types;
  const validateResource: ResourceValidationPolicy["validateResource"] = (args, reportViolation) => {
    if (!types.has(args.type)) skip(args, `${spec.name} does not judge ${args.type}`);
    const subject: Subject = {
      type: args.type,
      name: args.name,
      urn: args.urn,
      options: args.opts,
      config: args.getConfig,
    };
    try {
      spec.check(
        typed<TArgs>(args.props),
        (finding) => {
          reportViolation(textOf(spec, args.name, finding));
        },
        subject,
      );
    } catch (error) {
      if (error instanceof UnknownValueError) throw error;
      reportViolation(textOfDefect(spec, args.name, error));
    }
  };
  return {
    ...describe(spec),
    // The SDK's own gate (what validateResourceOfType sets), without loading the resource's class.
    validateResource:
      others.length === 0 ? Object.assign(validateResource, { __pulumiType: onlyType }) : validateResource,
  };
}

export interface StackRuleSpec<TArgs> extends RuleSpec {
  /**
   * Type of the resources of which the rule says something, or several. Without one in the stack the rule does not
   * apply; with a single type the SDK knows that before it unpacks anything.
   */
  readonly type: string | readonly string[];
  /** Judges one resource in its stack. An unknown value makes this resource undetermined, not the others. */
  readonly check: (resource: StackResource<TArgs>, stack: StackView, report: Report) => void;
}

/** A rule about the stack, which is also shown every resource before: it keeps their inputs and says nothing of them. */
export type StackPolicy = StackValidationPolicy & {
  readonly validateResource: (args: ResourceValidationArgs) => void;
};

/**
 * A rule that judges resources by what belongs to them. Such rules run when all else is done, in `up` after everything
 * was created: what must block belongs into a resource rule.
 */
export function stackRule<TArgs>(spec: StackRuleSpec<TArgs>): StackPolicy {
  const types = typeof spec.type === "string" ? [spec.type] : spec.type;
  const validateStack: StackValidationPolicy["validateStack"] = (args, reportViolation) => {
    const stack = viewOf(args.resources, args.getConfig);
    const undetermined: string[] = [];
    for (const resource of types.flatMap((type) => stack.ofType<TArgs>(type))) {
      try {
        spec.check(resource, stack, (finding) => {
          reportViolation(textOf(spec, resource.name, finding), resource.urn);
        });
      } catch (error) {
        if (error instanceof UnknownValueError) undetermined.push(`${resource.urn} (${error.message})`);
        else reportViolation(textOfDefect(spec, resource.name, error), resource.urn);
      }
    }
    if (undetermined.length > 0) {
      const error = new UnknownValueError(UNKNOWN_STRING, []);
      error.message = undetermined.join("; ");
      throw error;
    }
  };
  return {
    ...describe(spec),
    // Each rule keeps the inputs itself: one that did it for all could be configured away.
    validateResource: (args) => {
      remember(args);
      skip(args, `${spec.name} judges the stack`);
    },
    validateStack:
      typeof spec.type === "string" ? Object.assign(validateStack, { __pulumiType: spec.type }) : validateStack,
  };
}
