import * as z from "zod";

import { PREFIX } from "../core/names.ts";
import { nearest } from "../core/nearest.ts";
import { isRecord } from "../core/records.ts";
import type { Profile } from "./block.ts";
import { crossChecks } from "./checks/cross-checks.ts";
import { factWarnings, refuseFacts } from "./checks/facts/facts.ts";
import { checkTexts } from "./checks/texts.ts";
import { inFileOrder } from "./problems/explain.ts";
import type { Problem } from "./problems/problem.ts";
import { showPath, showValue } from "./problems/problem.ts";
import type { StackConfig } from "./schema.ts";
import { BLOCKS, settingsSchema } from "./schema.ts";

/** What a stack file says, before anything was judged. */
export interface RawStack {
  /** `aws:region` */
  readonly region: unknown;
  /** `aws:allowedAccountIds` */
  readonly allowedAccountIds: unknown;
  /** `preflight:settings` */
  readonly settings: unknown;
  /** Names of all keys of the file, with their namespaces; absent: none but those above. */
  readonly keys?: readonly string[];
}

export type ParseResult =
  | {
      readonly ok: true;
      readonly config: StackConfig;
      /** What is newer than our tables of AWS, or needs a look at the account: it stops nothing. In the order of the file. */
      readonly warnings: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Where the settings block stands in the file; the beginning of most problems' paths. */
const SETTINGS = "preflight:settings";

/** The stack file as a whole, for the order of problems. */
const FILE = z.object({ "aws:region": z.unknown(), "aws:allowedAccountIds": z.unknown(), [SETTINGS]: settingsSchema });

/**
 * The profile decides which rules apply, so it is read before anything else. A file whose profile cannot be read is refused
 * for that alone; the stricter rules would only add noise to the one problem that must be solved first.
 */
function profileOf(settings: Record<string, unknown>): Profile {
  const environment = settings["environment"];
  return isRecord(environment) && environment["profile"] === "production" ? "production" : "standard";
}

function checkProvider({ region, allowedAccountIds }: RawStack): Problem[] {
  const problems: Problem[] = [];
  if (typeof region !== "string" || !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    problems.push({
      path: ["aws:region"],
      found: showValue(region),
      allowed: 'a region, for instance "eu-west-1"',
      fix: "Set the region in which the environment lives.",
    });
  }
  const ids: readonly unknown[] = Array.isArray(allowedAccountIds) ? allowedAccountIds : [];
  if (ids.length !== 1 || !/^\d{12}$/.test(typeof ids[0] === "string" ? ids[0] : "")) {
    problems.push({
      path: ["aws:allowedAccountIds"],
      found: showValue(allowedAccountIds),
      allowed: 'a list with one quoted account id of 12 digits, for instance ["111122223333"]',
      fix: "Name the account of this environment; a deployment into any other is refused by the provider.",
    });
  }
  return problems;
}

/** Keys of ours and of the provider's that nothing reads: a misspelt one would be lost without a word. */
function checkKeys(keys: readonly string[]): Problem[] {
  const known = Object.keys(FILE.shape);
  return keys
    .filter((key) => /^(?:aws|preflight):/.test(key) && !known.includes(key))
    .map((key) => {
      const guess = nearest(key, known);
      return {
        path: [key],
        found: "a key that nothing reads (value not shown)",
        allowed: known.join(", "),
        fix:
          guess === undefined
            ? "Remove it; credentials come from the process's environment, such as AWS_PROFILE."
            : `Did you mean "${guess}"?`,
      };
    });
}

function checkBlocks(settings: Record<string, unknown>, profile: Profile): Problem[] {
  const names = Object.keys(BLOCKS);
  const unknown = Object.keys(settings)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const guess = nearest(name, names);
      return {
        path: [SETTINGS, name],
        found: "an unknown block",
        allowed: names.join(", "),
        fix: guess === undefined ? "Remove the block." : `Did you mean "${guess}"?`,
      };
    });
  const known = Object.entries(BLOCKS).flatMap(([name, block]) =>
    block.judge(settings[name], profile).map((problem) => ({ ...problem, path: [SETTINGS, name, ...problem.path] })),
  );
  return [...unknown, ...known];
}

/**
 * Judges a stack file as a whole: shape, bounds, rules between fields and blocks, secrets and placeholders.
 * Answers either a frozen configuration, with what it names beyond our knowledge, or every problem there is in the order of
 * the file, never the first only.
 */
export function parseStack(raw: RawStack): ParseResult {
  const providerProblems = checkProvider(raw);
  const problems = [...providerProblems, ...checkKeys(raw.keys ?? [])];
  const settings = raw.settings;
  if (!isRecord(settings)) {
    problems.push({
      path: [SETTINGS],
      found: showValue(settings),
      allowed: "a block of settings",
      fix: "Copy the block of another stack file and adapt it.",
    });
    return { ok: false, problems: inFileOrder(problems, FILE) };
  }
  const profile = profileOf(settings);
  // A secret or placeholder says more of a value than that its form is wrong.
  const inTexts = checkTexts(settings, profile).map((problem) => ({ ...problem, path: [SETTINGS, ...problem.path] }));
  const told = new Set(inTexts.map(({ path }) => showPath(path)));
  problems.push(...checkBlocks(settings, profile).filter(({ path }) => !told.has(showPath(path))), ...inTexts);
  const whole = settingsSchema.safeParse(settings);
  // What holds between blocks is asked of a file whose own parts are right: account and region are among them.
  if (
    whole.success &&
    providerProblems.length === 0 &&
    typeof raw.region === "string" &&
    Array.isArray(raw.allowedAccountIds)
  ) {
    const config = {
      ...whole.data,
      environment: {
        ...whole.data.environment,
        prefix: PREFIX,
        region: raw.region,
        accountId: String(raw.allowedAccountIds[0]),
      },
    };
    crossChecks(config, (problem) => {
      problems.push({ ...problem, path: [SETTINGS, ...problem.path] });
    });
    refuseFacts(config, SETTINGS, (problem) => {
      problems.push(problem);
    });
    if (problems.length === 0) {
      const warnings = inFileOrder(factWarnings(config, SETTINGS), FILE);
      return { ok: true, config: deepFreeze(config), warnings };
    }
  }
  return { ok: false, problems: inFileOrder(problems, FILE) };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) deepFreeze(item);
  }
  return value;
}
