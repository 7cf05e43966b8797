import type { PolicyResource, PolicyResourceOptions, ResourceValidationPolicy } from "@pulumi/policy";
import { expect } from "vitest";

import { parseFinding } from "../../core/finding.ts";
import { isRecord } from "../../core/records.ts";
import type { StackPolicy } from "../../policies/lib/rule.ts";
import { UNKNOWN_STRING, UnknownValueError, unknownCheckingProxy } from "../../policies/lib/sdk.ts";
import { forget } from "../../policies/lib/stack-view.ts";
import type { AwsProvider, UnseenReading } from "../../preview/cloud/aws.ts";
import { createdState } from "../../preview/cloud/aws.ts";
import { answerCheck, providerSettings } from "../../preview/cloud/fake-cloud.ts";
import { liveObject } from "../../preview/cloud/kubernetes/live.ts";

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
  /** What the providers answer besides since others changed it: an autoscaler, an operator, a person. */
  readonly changed?: Record<string, unknown>;
}

/** A value with another on top: maps are merged, all else is replaced. */
function merged(below: unknown, above: unknown): unknown {
  if (!isRecord(below) || !isRecord(above)) return above;
  return { ...below, ...mergedEntries(below, above) };
}

const mergedEntries = (below: Record<string, unknown>, above: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(above).map(([key, value]) => [key, merged(below[key], value)]));

/** Settings of the small stack's provider of AWS; none where it has none, or several. */
function providerOf(entries: readonly StackEntry[]): AwsProvider {
  const [provider, ...others] = entries.filter(({ type }) => type === "pulumi:providers:aws");
  return providerSettings(others.length === 0 ? (provider?.props ?? {}) : {});
}

/** A verdict that only the program's own words allow, which an imported resource is without. */
const ASKS_THE_PROGRAM = "(what the program wrote)";

/** What the resource's provider would answer. */
function providerShaped(
  { type, name, props }: StackEntry,
  inputs: Record<string, unknown>,
  unseen: UnseenReading,
): Record<string, unknown> {
  const urn = urnOf({ type, name });
  if (type.startsWith("aws:")) return createdState(type, urn, inputs, unseen);
  // An entry without properties is one of which the engine knows nothing.
  if (type.startsWith("kubernetes:"))
    return props === undefined || Object.keys(props).length === 0 ? {} : liveObject(type, name, urn, inputs);
  return inputs;
}

const urnOf = (entry: Pick<StackEntry, "type" | "name">) => `urn:pulumi:test::project::${entry.type}::${entry.name}`;

function stackOf(entries: readonly StackEntry[], propsOf: (entry: StackEntry) => Record<string, unknown>) {
  const resources = new Map<string, PolicyResource>(
    entries.map((entry) => [
      entry.name,
      {
        type: entry.type,
        name: entry.name,
        urn: urnOf(entry),
        props: unknownCheckingProxy(propsOf(entry)),
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
  return [...resources.values()];
}

async function judge(rule: StackPolicy, resources: PolicyResource[], config: object): Promise<string[]> {
  const findings: string[] = [];
  const nameOf = (urn: string | undefined) => urn?.split("::").at(-1) ?? "stack";
  try {
    await rule.validateStack(
      {
        resources,
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

/** Shows the rule a resource's inputs, as the engine does with every resource before it judges the stack. */
function show(rule: StackPolicy, entry: StackEntry, inputs: Record<string, unknown>): void {
  try {
    rule.validateResource({
      type: entry.type,
      name: entry.name,
      urn: urnOf(entry),
      props: unknownCheckingProxy(inputs),
      opts: { ...NO_OPTIONS, ...entry.options },
      stackTags: new Map(),
      isType: () => false,
      asType: () => undefined,
      getConfig: configOf({}),
      notApplicable: () => {
        throw NOT_APPLICABLE;
      },
    });
  } catch (error) {
    if (error !== NOT_APPLICABLE) throw error;
  }
}

export interface StackOptions {
  /**
   * Findings where the engine shows no inputs, but only what the providers answered, as for a resource that the run imports;
   * the same as else when absent.
   */
  readonly imported?: readonly string[];
}

/**
 * Judges a small stack whose entries are what the program wrote; each finding is "name: property is found, required …".
 * The rule gets everything as the engine hands it over: first the inputs after the provider's Check, then the stack in the
 * providers' shape, with null, "", [], defaults and the live objects of a cluster. The same stack is judged by the answers
 * alone too, in both readings of those that nobody has seen, and must not come out otherwise.
 */
export async function evaluateStack(
  rule: StackPolicy,
  entries: readonly StackEntry[],
  config: object = {},
  options: StackOptions = {},
): Promise<string[]> {
  const provider = providerOf(entries);
  const checked = (entry: StackEntry) =>
    answerCheck({ ...entry, urn: urnOf(entry), inputs: entry.props ?? {} }, provider);
  const answered = (unseen: UnseenReading) => (entry: StackEntry) => {
    const answer = providerShaped(entry, checked(entry), unseen);
    return { ...answer, ...mergedEntries(answer, entry.changed ?? {}) };
  };
  forget();
  const imported = await judge(rule, stackOf(entries, answered("empty")), config);
  const importedNull = await judge(rule, stackOf(entries, answered("null")), config);
  for (const entry of entries) show(rule, entry, checked(entry));
  const findings = await judge(rule, stackOf(entries, answered("empty")), config);
  forget();
  for (const found of [imported, importedNull]) {
    if (!found.some((finding) => finding.includes(ASKS_THE_PROGRAM)))
      expect(found, "findings by the providers' answers alone").toEqual(options.imported ?? findings);
  }
  return findings;
}
