import type { Alias as AliasMessage } from "@pulumi/pulumi/proto/alias_pb.js";
import type { ReadResourceRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import type { SourcePosition, StackTrace } from "@pulumi/pulumi/proto/source_pb.js";

import type { Alias, Registration, Timeouts } from "./model.ts";
import { propertiesOf } from "./struct.ts";
import type { Properties } from "./wire.ts";

const optional = (text: string) => (text === "" ? undefined : text);

/** `1h30m`, `90s`, as seconds; the SDK checked the form. */
export function secondsOf(duration: string): number {
  const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
  let seconds = 0;
  for (const [, amount = "0", unit = "s"] of duration.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g))
    seconds += Number(amount) * (units[unit] ?? 0);
  return seconds;
}

function timeoutsOf(request: RegisterResourceRequest): Timeouts {
  const timeouts = request.getCustomtimeouts();
  return {
    create: secondsOf(timeouts?.getCreate() ?? ""),
    update: secondsOf(timeouts?.getUpdate() ?? ""),
    delete: secondsOf(timeouts?.getDelete() ?? ""),
  };
}

function aliasOf(message: AliasMessage): Alias {
  const spec = message.getSpec();
  if (spec === undefined) return message.getUrn();
  return {
    ...(spec.getName() === "" ? {} : { name: spec.getName() }),
    ...(spec.getType() === "" ? {} : { type: spec.getType() }),
    ...(spec.getStack() === "" ? {} : { stack: spec.getStack() }),
    ...(spec.getProject() === "" ? {} : { project: spec.getProject() }),
    ...(spec.getParenturn() === "" ? {} : { parent: spec.getParenturn() }),
    ...(spec.getNoparent() ? { noParent: true as const } : {}),
  };
}

interface Located {
  readonly getSourceposition: () => SourcePosition | undefined;
  readonly getStacktrace: () => StackTrace | undefined;
}

/**
 * `components/keys/keys.ts:41`: the nearest place in the program's own code, below `root`. The SDK knows the places of calls
 * inside functions only, and writes those of ES modules as a URL in a URL.
 */
export function sourceOf(request: Located, root: string): string | undefined {
  const frames =
    request
      .getStacktrace()
      ?.getFramesList()
      .map((frame) => frame.getPc()) ?? [];
  for (const position of [request.getSourceposition(), ...frames]) {
    const path = decodeURI(position?.getUri() ?? "").replace(/^.*file:\/+/, "/");
    if (position !== undefined && path.startsWith(`${root}/`) && !path.includes("/node_modules/"))
      return `${path.slice(root.length + 1)}:${position.getLine()}`;
  }
  return undefined;
}

/** The inputs; to those of a provider the engine adds the version of the program's package. */
function inputsOf(request: RegisterResourceRequest): Properties {
  const inputs = propertiesOf(request.getObject());
  const version = request.getVersion();
  return request.getType().startsWith("pulumi:providers:") && version !== "" ? { ...inputs, version } : inputs;
}

export function registrationOf(request: RegisterResourceRequest, root: string): Registration {
  const propertyDependencies: Record<string, readonly string[]> = {};
  for (const [property, urns] of request.getPropertydependenciesMap().entries()) {
    if (urns.getUrnsList().length > 0) propertyDependencies[property] = urns.getUrnsList().toSorted();
  }
  const aliases = request.getAliasesList().map(aliasOf);
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: optional(request.getParent()),
    inputs: inputsOf(request),
    provider: optional(request.getProvider()),
    dependencies: request.getDependenciesList().toSorted(),
    propertyDependencies,
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deletedWith: optional(request.getDeletedwith()),
    deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: [...request.getAliasurnsList(), ...aliases],
    timeouts: timeoutsOf(request),
    importId: optional(request.getImportid()),
    source: sourceOf(request, root),
  };
}

/** A look-up as the registration of something that exists. */
export function readOf(request: ReadResourceRequest, root: string): Registration {
  return {
    type: request.getType(),
    name: request.getName(),
    custom: true,
    parent: optional(request.getParent()),
    inputs: propertiesOf(request.getProperties()),
    provider: optional(request.getProvider()),
    dependencies: request.getDependenciesList().toSorted(),
    propertyDependencies: {},
    protect: undefined,
    retainOnDelete: undefined,
    deletedWith: undefined,
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    replaceOnChanges: [],
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: [],
    timeouts: { create: 0, update: 0, delete: 0 },
    importId: request.getId(),
    source: sourceOf(request, root),
  };
}
