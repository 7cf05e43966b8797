import type {
  PolicyResource,
  PolicyResourceOptions,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";

import { parseFinding } from "../../core/finding.ts";
import { UNKNOWN_STRING, UnknownValueError, unknownCheckingProxy } from "../../policies/lib/sdk.ts";

/** Stands for a value that is only known after the deployment; the engine sends this string for every type. */
export const UNKNOWN = UNKNOWN_STRING;

const NO_OPTIONS: PolicyResourceOptions = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};

const NOT_APPLICABLE = new Error("not applicable");

/** "property is found, required …", in the words of the finding. */
function summarise(message: string): string {
  const finding = parseFinding(message);
  return finding === undefined ? message : `${finding.property} is ${finding.found}, required ${finding.required}`;
}

/** What a rule says when it could not read a value: "undetermined: path", without the leading dot. */
function undetermined(error: Error): string {
  const path = /value at \.(\S+) can't be known/.exec(error.message)?.[1];
  return `undetermined: ${path ?? error.message}`;
}

function configOf(config: object) {
  // The SDK's signature lets the caller name the type; it is the shape of the rule's own schema.
  return <T extends object>(): T => Object.assign(Object.create(null), config);
}

/**
 * Judges a resource as the pack's server does: gate on the type, properties behind the proxy that throws on unknowns.
 * Answers one string a finding; [] when the resource is right or not the rule's business.
 */
export async function evaluate(
  rule: ResourceValidationPolicy,
  type: string,
  props: Record<string, unknown>,
  extra: { readonly options?: Partial<PolicyResourceOptions>; readonly config?: object; readonly name?: string } = {},
): Promise<string[]> {
  const { validateResource } = rule;
  if (typeof validateResource !== "function") throw new Error(`${rule.name} has no single validateResource`);
  const name = extra.name ?? "subject";
  const findings: string[] = [];
  try {
    await validateResource(
      {
        type,
        name,
        urn: `urn:pulumi:test::project::${type}::${name}`,
        props: unknownCheckingProxy(props),
        opts: { ...NO_OPTIONS, ...extra.options },
        stackTags: new Map(),
        isType: () => false,
        asType: () => undefined,
        getConfig: configOf(extra.config ?? {}),
        notApplicable: () => {
          throw NOT_APPLICABLE;
        },
      },
      (message) => {
        findings.push(summarise(message));
      },
    );
  } catch (error) {
    if (error === NOT_APPLICABLE) return findings;
    if (error instanceof UnknownValueError) return [...findings, undetermined(error)];
    throw error;
  }
  return findings;
}

/** One resource of a small stack; `refers` names, per property, the resources it depends on. */
export interface StackEntry {
  readonly type: string;
  readonly name: string;
  readonly props?: Record<string, unknown>;
  readonly refers?: Readonly<Record<string, readonly string[]>>;
  readonly options?: Partial<PolicyResourceOptions>;
}

const urnOf = (entry: StackEntry) => `urn:pulumi:test::project::${entry.type}::${entry.name}`;

/** Judges a small stack; each finding is "name: property is found, required …". */
export async function evaluateStack(
  rule: StackValidationPolicy,
  entries: readonly StackEntry[],
  config: object = {},
): Promise<string[]> {
  const resources = new Map<string, PolicyResource>(
    entries.map((entry) => [
      entry.name,
      {
        type: entry.type,
        name: entry.name,
        urn: urnOf(entry),
        props: unknownCheckingProxy(entry.props ?? {}),
        opts: { ...NO_OPTIONS, ...entry.options },
        dependencies: [],
        propertyDependencies: {},
        isType: () => false,
        asType: () => undefined,
      },
    ]),
  );
  for (const entry of entries) {
    const resource = resources.get(entry.name);
    for (const [property, names] of Object.entries(entry.refers ?? {})) {
      if (resource !== undefined)
        resource.propertyDependencies[property] = names.flatMap((name) => resources.get(name) ?? []);
    }
  }
  const findings: string[] = [];
  const nameOf = (urn: string | undefined) => urn?.split("::").at(-1) ?? "stack";
  try {
    await rule.validateStack(
      {
        resources: [...resources.values()],
        stackTags: new Map(),
        getConfig: configOf(config),
        notApplicable: () => {
          throw NOT_APPLICABLE;
        },
      },
      (message, urn) => {
        findings.push(`${nameOf(urn)}: ${summarise(message)}`);
      },
    );
  } catch (error) {
    if (error === NOT_APPLICABLE) return findings;
    if (error instanceof UnknownValueError) return [...findings, undetermined(error)];
    throw error;
  }
  return findings;
}
