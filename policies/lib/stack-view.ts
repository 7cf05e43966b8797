import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { Unwrap } from "@pulumi/pulumi";

import { UNKNOWN_STRING, UnknownValueError } from "./sdk.ts";

/** A resource of the stack with its properties typed. */
export interface StackResource<TArgs>
  extends Pick<PolicyResource, "type" | "name" | "urn" | "opts" | "propertyDependencies"> {
  /**
   * What the program wrote: the inputs, as resource rules see them. Of a resource of which the engine showed none (one that
   * this very run imports) what the provider answered: null, "" and [] in it stand for what nobody set.
   */
  readonly props: Unwrap<TArgs>;
  /** Whether `props` are the inputs. */
  readonly isWritten: boolean;
}

/** All resources of the stack, with the joins that rules need. */
export interface StackView {
  /** Resources of a type, sorted by URN: the engine's own order changes from run to run. */
  readonly ofType: <TArgs>(type: string) => readonly StackResource<TArgs>[];
  /**
   * Resources of `type` whose `property` refers to `target`: through the engine's property dependencies, which are
   * known in every preview. Properties nested below `property` count.
   */
  readonly referring: <TArgs>(
    type: string,
    property: string,
    target: { readonly urn: string },
  ) => readonly StackResource<TArgs>[];
  readonly config: <T extends object>() => Partial<T>;
}

/**
 * The engine's boundary: it hands over untyped properties of a resource whose type token was compared before, so they
 * have the shape of that type's arguments.
 */
export function typed<TArgs>(props: Record<string, unknown>): Unwrap<TArgs> {
  return props as Unwrap<TArgs>;
}

/**
 * Inputs by URN. The engine judges the stack by what the providers answered: with defaults of theirs, with what operators and
 * people changed since, with null and "" for what nobody set. Before, in every preview and every update, it shows the inputs
 * of each resource, unchanged and untargeted ones too (pulumi, pkg/resource/deploy/step_generator.go), to the same process.
 */
const writtenInputs = new Map<string, Record<string, unknown>>();

/** Keeps the inputs of a resource until the stack is judged. */
export function remember({ urn, props }: Pick<ResourceValidationArgs, "urn" | "props">): void {
  writtenInputs.set(urn, props);
}

/** Forgets what was remembered: a process that judges several stacks begins each with it. */
export function forget(): void {
  writtenInputs.clear();
}

/** Properties of which nothing is known: whatever is asked of them makes the verdict undetermined. */
const NOTHING_KNOWN: Record<string, unknown> = new Proxy(
  {},
  {
    get: (_target, key) => {
      throw new UnknownValueError(UNKNOWN_STRING, [String(key)]);
    },
    has: (_target, key) => {
      throw new UnknownValueError(UNKNOWN_STRING, [String(key)]);
    },
    ownKeys: () => {
      throw new UnknownValueError(UNKNOWN_STRING, ["(all)"]);
    },
  },
);

/**
 * Before the cluster exists the engine cannot ask the Kubernetes provider, which then answers objects with no properties
 * at all. An object is never empty, so an empty one is unknown; taken at its word it would break every rule.
 */
function knownProperties(type: string, props: Record<string, unknown>): Record<string, unknown> {
  return type.startsWith("kubernetes:") && Object.keys(props).length === 0 ? NOTHING_KNOWN : props;
}

function typedResource<TArgs>(resource: PolicyResource): StackResource<TArgs> {
  const { type, name, urn, opts, propertyDependencies } = resource;
  const inputs = writtenInputs.get(urn);
  const props = typed<TArgs>(knownProperties(type, inputs ?? resource.props));
  return { type, name, urn, opts, propertyDependencies, props, isWritten: inputs !== undefined };
}

export function viewOf(resources: readonly PolicyResource[], config: StackView["config"]): StackView {
  const byType = new Map<string, PolicyResource[]>();
  for (const resource of resources.toSorted((a, b) => (a.urn < b.urn ? -1 : 1))) {
    const list = byType.get(resource.type) ?? [];
    list.push(resource);
    byType.set(resource.type, list);
  }
  return {
    config,
    ofType: <TArgs>(type: string) => (byType.get(type) ?? []).map(typedResource<TArgs>),
    referring: <TArgs>(type: string, property: string, target: { readonly urn: string }) =>
      (byType.get(type) ?? [])
        .filter((resource) => (resource.propertyDependencies[property] ?? []).some(({ urn }) => urn === target.urn))
        .map(typedResource<TArgs>),
  };
}

/**
 * The properties of a resource as the program wrote them. A rule asks so what only the program can answer: whether a value is
 * its own, where an autoscaler or the API server may have set it. Where it cannot be known, the verdict is undetermined.
 */
export function writtenBy<TArgs>({ props, isWritten }: StackResource<TArgs>): Unwrap<TArgs> {
  if (!isWritten) throw new UnknownValueError(UNKNOWN_STRING, ["(what the program wrote)"]);
  return props;
}
