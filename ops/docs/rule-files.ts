import { globSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Policies } from "@pulumi/policy";

import { messageOf, UserError } from "../../cli/errors.ts";

/** A rule of the policy pack, where it is written. */
export interface RuleFile {
  /** Path below the folder of all rules, with slashes: `kms/kms-rotation.ts`. */
  readonly file: string;
  /** Folder of the file, which is the service that the rule judges. */
  readonly service: string;
  /** Under which the file exports the rule. */
  readonly identifier: string;
  readonly rule: Policies[number];
}

const isRule = (value: unknown): value is Policies[number] =>
  typeof value === "object" &&
  value !== null &&
  "name" in value &&
  ("validateResource" in value || "remediateResource" in value || "validateStack" in value);

/** What a rule's file exports; a file that does not load is its author's to mend. */
async function load(folder: string, file: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(join(folder, file)).href);
  } catch (error) {
    throw new UserError("rule-file-invalid", `${basename(folder)}/${file} cannot be loaded: ${messageOf(error)}`);
  }
}

async function ruleIn(folder: string, file: string): Promise<RuleFile> {
  const exported = await load(folder, file);
  const found = Object.entries(exported ?? {}).flatMap(([identifier, value]: [string, unknown]) =>
    isRule(value) ? [{ identifier, rule: value }] : [],
  );
  const name = basename(file, ".ts");
  const [only, ...others] = found;
  if (only === undefined || others.length > 0 || only.rule.name !== name) {
    const names = found.map(({ rule }) => `"${rule.name}"`).join(", ");
    throw new UserError(
      "rule-file-invalid",
      `${basename(folder)}/${file} exports ${found.length === 0 ? "no rule" : names}. ` +
        `Export one rule there, with the file's name: "${name}"; what rules share belongs into policies/lib.`,
    );
  }
  return { file, service: dirname(file), ...only };
}

/**
 * The rules in a folder of `<service>/<rule>.ts`, sorted by path. They are found by their files, not by the pack's own list, which
 * is made from them. Throws a problem for a file that does not export exactly one rule with the file's name.
 */
export function ruleFiles(folder: string): Promise<readonly RuleFile[]> {
  const files = globSync("*/*.ts", { cwd: folder })
    .map((file) => file.replaceAll("\\", "/"))
    .toSorted();
  return Promise.all(files.map((file) => ruleIn(folder, file)));
}
