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

/** The pack's own configuration of a rule; the level is always set (see {@link Level}). */
export interface RuleConfiguration {
  readonly level: Level;
  readonly settings: Properties;
}

export interface ReconciledRule {
  readonly level: Level;
  readonly settings: Properties;
}

function defaultsOf({ settings }: RuleInfo): Properties {
  const defaults: Properties = {};
  for (const [key, schema] of Object.entries(settings ?? {})) {
    if (isRecord(schema) && "default" in schema) defaults[key] = schema["default"];
  }
  return defaults;
}

/**
 * What the engine tells a pack: the schemas' defaults, then the pack's own initial configuration. The preview has no file
 * of its own: what a stack is held to the pack knows by the stack's name.
 * Throws when the result does not fit the rules' schemas, or names a rule that does not exist; all problems in one message.
 */
export function reconcile(
  rules: readonly RuleInfo[],
  initial: ReadonlyMap<string, RuleConfiguration>,
): Map<string, ReconciledRule> {
  const result = new Map<string, ReconciledRule>();
  for (const rule of rules) {
    const own = initial.get(rule.name);
    result.set(rule.name, {
      level: own?.level ?? rule.level,
      settings: { ...defaultsOf(rule), ...own?.settings },
    });
  }
  const problems = [...unknownRules(rules, initial), ...rules.flatMap((rule) => misfits(rule, result))];
  if (problems.length > 0)
    throw new PreviewProblem(
      "pack-configuration-invalid",
      `The policy pack's own configuration is not valid:\n${problems.join("\n")}`,
    );
  return result;
}

/** Rules that are configured and do not exist; the engine would pass over them without a word. */
function unknownRules(rules: readonly RuleInfo[], initial: ReadonlyMap<string, RuleConfiguration>): string[] {
  const names = rules.map(({ name }) => name);
  return [...initial.keys()]
    .filter((name) => !names.includes(name))
    .map((name) => {
      const guess = nearest(name, names);
      return `  there is no rule "${name}".${guess === undefined ? "" : ` Did you mean "${guess}"?`}`;
    });
}

function misfits(rule: RuleInfo, result: ReadonlyMap<string, ReconciledRule>): string[] {
  if (rule.settings === undefined) return [];
  const schema = { type: "object", properties: rule.settings, required: rule.required };
  return validate(schema, result.get(rule.name)?.settings ?? {}).map((problem) => `  ${rule.name}: ${problem}`);
}
