import type { AnalyzeDiagnostic, AnalyzerInfo, PolicyInfo } from "@pulumi/pulumi/proto/analyzer_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import protobuf from "google-protobuf";

import type { Alias, Resource } from "../engine/model.ts";
import { structOf } from "../engine/struct.ts";
import { makeUrn } from "../engine/urn.ts";
import type { Properties } from "../engine/wire.ts";
import type { Level, ReconciledRule, RuleConfiguration, RuleInfo } from "./configuration.ts";
import { LEVELS } from "./configuration.ts";

const SEVERITIES = ["unspecified", "low", "medium", "high", "critical"] as const;

const WIRE_LEVELS = {
  advisory: analyzer.EnforcementLevel.ADVISORY,
  mandatory: analyzer.EnforcementLevel.MANDATORY,
  disabled: analyzer.EnforcementLevel.DISABLED,
  remediate: analyzer.EnforcementLevel.REMEDIATE,
} as const satisfies Record<Level, analyzer.EnforcementLevel>;

export function levelOf(wire: number): Level {
  return LEVELS[wire] ?? "advisory";
}

export function severityOf(wire: number): string {
  return SEVERITIES[wire] ?? "unspecified";
}

function ruleInfoOf(policy: PolicyInfo): RuleInfo {
  const schema = policy.getConfigschema();
  return {
    name: policy.getName(),
    level: levelOf(policy.getEnforcementlevel()),
    severity: severityOf(policy.getSeverity()),
    checklist: policy.getTagsList(),
    description: policy.getDescription(),
    url: policy.getUrl(),
    settings: schema?.getProperties()?.toJavaScript(),
    required: schema?.getRequiredList() ?? [],
  };
}

export function rulesOf(info: AnalyzerInfo): RuleInfo[] {
  return info.getPoliciesList().map(ruleInfoOf);
}

/** The pack's own initial configuration. An entry without a level reads as the first one, advisory: so does the engine. */
export function initialConfigurationOf(info: AnalyzerInfo): Map<string, RuleConfiguration> {
  const result = new Map<string, RuleConfiguration>();
  for (const [name, entry] of info.getInitialconfigMap().entries()) {
    result.set(name, {
      level: levelOf(entry.getEnforcementlevel()),
      settings: entry.getProperties()?.toJavaScript() ?? {},
    });
  }
  return result;
}

export function configureRequest(
  rules: ReadonlyMap<string, ReconciledRule>,
): InstanceType<typeof analyzer.ConfigureAnalyzerRequest> {
  const request = new analyzer.ConfigureAnalyzerRequest();
  for (const [name, { level, settings }] of rules) {
    request
      .getPolicyconfigMap()
      .set(name, new analyzer.PolicyConfig().setEnforcementlevel(WIRE_LEVELS[level]).setProperties(structOf(settings)));
  }
  return request;
}

/** The URN that an alias stands for, as the engine resolves it. */
function aliasUrn(alias: Alias, { urn, type, name, parent }: Resource): string {
  if (typeof alias === "string") return alias;
  const [, , stack = "", , project = ""] = urn.split(":");
  return makeUrn({
    stack: alias.stack ?? stack,
    project: alias.project ?? project,
    parent: alias.noParent ? undefined : (alias.parent ?? parent),
    type: alias.type ?? type,
    name: alias.name ?? name,
  });
}

function optionsOf(resource: Resource) {
  const timeouts = new analyzer.AnalyzerResourceOptions.CustomTimeouts()
    .setCreate(resource.timeouts.create)
    .setUpdate(resource.timeouts.update)
    .setDelete(resource.timeouts.delete);
  return new analyzer.AnalyzerResourceOptions()
    .setProtect(resource.protect ?? false)
    .setIgnorechangesList([...resource.ignoreChanges])
    .setDeletebeforereplace(resource.deleteBeforeReplace ?? false)
    .setDeletebeforereplacedefined(resource.deleteBeforeReplace !== undefined)
    .setAdditionalsecretoutputsList([...resource.additionalSecretOutputs])
    .setAliasesList(resource.aliases.map((alias) => aliasUrn(alias, resource)))
    .setCustomtimeouts(timeouts)
    .setParent(resource.parent ?? "");
}

/** The explicit provider of a resource, if it has one. */
export type FindProvider = (resource: Resource) => Resource | undefined;

function providerOf(resource: Resource, find: FindProvider) {
  const provider = find(resource);
  if (provider === undefined) return undefined;
  return new analyzer.AnalyzerProviderResource()
    .setUrn(provider.urn)
    .setType(provider.type)
    .setName(provider.name)
    .setProperties(withoutInternals(provider.inputs));
}

/** The engine keeps properties that start with two underscores to itself. */
function withoutInternals(properties: Properties) {
  const keys = Object.keys(properties);
  if (!keys.some((key) => key.startsWith("__"))) return structOf(properties);
  return structOf(Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__"))));
}

/** Asks for the judgement, or the remediation, of one resource by its inputs. */
export function analyzeRequest(resource: Resource, find: FindProvider): InstanceType<typeof analyzer.AnalyzeRequest> {
  return new analyzer.AnalyzeRequest()
    .setType(resource.type)
    .setUrn(resource.urn)
    .setName(resource.name)
    .setProperties(withoutInternals(resource.checked))
    .setOptions(optionsOf(resource))
    .setProvider(providerOf(resource, find));
}

function stackEntry(resource: Resource, find: FindProvider) {
  const entry = new analyzer.AnalyzerResource()
    .setType(resource.type)
    .setUrn(resource.urn)
    .setName(resource.name)
    .setProperties(withoutInternals(resource.outputs))
    .setOptions(optionsOf(resource))
    .setProvider(providerOf(resource, find))
    .setParent(resource.parent ?? "")
    .setDependenciesList([...resource.dependencies]);
  for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
    entry
      .getPropertydependenciesMap()
      .set(property, new analyzer.AnalyzerPropertyDependencies().setUrnsList([...urns]));
  }
  return entry;
}

/** Asks for the judgement of the whole stack, by what the cloud answered. What was only looked up is no part of it. */
export function analyzeStackRequest(
  resources: readonly Resource[],
  find: FindProvider,
): InstanceType<typeof analyzer.AnalyzeStackRequest> {
  const managed = resources.filter(({ read }) => !read);
  return new analyzer.AnalyzeStackRequest().setResourcesList(managed.map((resource) => stackEntry(resource, find)));
}

/** Where an answer to a judgement holds its diagnostics. */
const DIAGNOSTICS_FIELD = 2;

/**
 * The diagnostics of an answer. The rest, an entry for each rule that is for other types, is most of the message and of
 * the time it takes to read; nobody needs it.
 */
export function readDiagnostics(bytes: Uint8Array): AnalyzeDiagnostic[] {
  const diagnostics: AnalyzeDiagnostic[] = [];
  const reader = new protobuf.BinaryReader(bytes);
  while (reader.nextField() && !reader.isEndGroup()) {
    if (reader.getFieldNumber() === DIAGNOSTICS_FIELD) {
      const diagnostic = new analyzer.AnalyzeDiagnostic();
      reader.readMessage(diagnostic, analyzer.AnalyzeDiagnostic.deserializeBinaryFromReader);
      diagnostics.push(diagnostic);
    } else {
      reader.skipField();
    }
  }
  return diagnostics;
}
