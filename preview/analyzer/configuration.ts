import { nearest } from "../../core/nearest.ts";
import { isRecord } from "../../core/records.ts";
import type { Properties } from "../engine/wire.ts";
import { PreviewProblem } from "../problem.ts";
import { validate } from "./schema.ts";

export const LEVELS = ["advisory", "mandatory", "disabled", "remediate"] as const;

/** In the order of the protocol's numbers: a level that was never set arrives as the first. */
export type Level = (typeof LEVELS)[number];

/** What a pack says about one of its rules. */
export interface RuleInfo {
  readonly name: string;
  readonly level: Level;
  readonly severity: string;
  readonly checklist: readonly string[];
  readonly description: string;
  readonly url: string;
  /** JSON schema of each setting; undefined for a rule without settings. */
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  readonly required: readonly string[];
}

/** The configuration of a rule; in the pack's own initial configuration the level is always set (see {@link Level}). */
export interface RuleConfiguration {
  readonly level: Level | undefined;
  readonly settings: Properties;
}

export interface ReconciledRule {
  readonly level: Level;
  readonly settings: Properties;
}

const isLevel = (value: unknown): value is Level => LEVELS.some((level) => level === value);

function ruleConfigurationOf(name: string, value: unknown, file: string): RuleConfiguration {
  if (isLevel(value)) return { level: value, settings: {} };
  if (!isRecord(value))
    throw new PreviewProblem(
      "pack-configuration-invalid",
      `${file}: ${name} must be a level (${LEVELS.join(", ")}) or an object.`,
    );
  const { enforcementLevel, ...settings } = value;
  if (enforcementLevel !== undefined && !isLevel(enforcementLevel)) {
    throw new PreviewProblem(
      "pack-configuration-invalid",
      `${file}: ${name} has the level ${JSON.stringify(enforcementLevel)}; there are ${LEVELS.join(", ")}.`,
    );
  }
  return { level: enforcementLevel, settings };
}

/** Reads a configuration as `--policy-pack-config` takes it. Unlike the engine, a rule that does not exist is refused. */
export function parseConfiguration(
  content: unknown,
  file: string,
  rules: readonly RuleInfo[],
): Map<string, RuleConfiguration> {
  if (!isRecord(content))
    throw new PreviewProblem("pack-configuration-invalid", `${file} does not hold an object of rules.`);
  const names = rules.map(({ name }) => name);
  const parsed = new Map<string, RuleConfiguration>();
  for (const [name, value] of Object.entries(content)) {
    if (name === "environments")
      throw new PreviewProblem(
        "pack-configuration-invalid",
        `${file}: the preview does not open Pulumi ESC environments.`,
      );
    if (name !== "all" && !names.includes(name)) {
      const guess = nearest(name, names);
      throw new PreviewProblem(
        "pack-configuration-invalid",
        `${file}: the pack has no rule "${name}".${guess === undefined ? "" : ` Did you mean "${guess}"?`}`,
      );
    }
    const configuration = ruleConfigurationOf(name, value, file);
    if (configuration.level !== undefined || Object.keys(configuration.settings).length > 0)
      parsed.set(name, configuration);
  }
  return parsed;
}

function defaultsOf({ settings }: RuleInfo): Properties {
  const defaults: Properties = {};
  for (const [key, schema] of Object.entries(settings ?? {})) {
    if (isRecord(schema) && "default" in schema) defaults[key] = schema["default"];
  }
  return defaults;
}

/** Lays one configuration over another, as the engine does: `all` sets levels only, settings are replaced key by key. */
function overlay(result: Map<string, ReconciledRule>, configuration: ReadonlyMap<string, RuleConfiguration>): void {
  const all = configuration.get("all")?.level;
  for (const [name, rule] of result) {
    const given = configuration.get(name);
    result.set(name, { level: given?.level ?? all ?? rule.level, settings: { ...rule.settings, ...given?.settings } });
  }
}

/**
 * What the engine tells a pack: the schemas' defaults, then the pack's own initial configuration, then the file.
 * Throws when the result does not fit the rules' schemas; all problems in one message.
 */
export function reconcile(
  rules: readonly RuleInfo[],
  initial: ReadonlyMap<string, RuleConfiguration>,
  configured: ReadonlyMap<string, RuleConfiguration>,
  file: string,
): Map<string, ReconciledRule> {
  const result = new Map<string, ReconciledRule>(
    rules.map((rule) => [rule.name, { level: rule.level, settings: defaultsOf(rule) }]),
  );
  overlay(result, initial);
  overlay(result, configured);
  const problems = rules.flatMap((rule) => {
    if (rule.settings === undefined) return [];
    const schema = { type: "object", properties: rule.settings, required: rule.required };
    return validate(schema, result.get(rule.name)?.settings ?? {}).map((problem) => `  ${rule.name}: ${problem}`);
  });
  if (problems.length > 0)
    throw new PreviewProblem(
      "pack-configuration-invalid",
      `The policy configuration (${file}, over the pack's own) is not valid:\n${problems.join("\n")}`,
    );
  return result;
}
