import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import type { RawStack } from "../../config/parse.ts";
import { parseStack } from "../../config/parse.ts";
import { showPath } from "../../config/problems/problem.ts";
import type { StackConfig } from "../../config/schema.ts";
import { isRecord } from "../../core/records.ts";

export type StackName = "staging" | "production";

/** The environments that tests take for what they are. */
export const STACK_NAMES: readonly StackName[] = ["staging", "production"];

/** Every environment that has a stack file; a user's own among them. */
export const ALL_STACKS: readonly string[] = readdirSync(join(import.meta.dirname, "..", ".."))
  .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.at(1) ?? [])
  .toSorted();

type Json = Record<string, unknown>;

/** A parsed `Pulumi.<name>.yaml`, with its keys in the order of the file. */
export function readStackFile(name: string): { readonly config: Json } {
  return parse(readFileSync(join(import.meta.dirname, "..", "..", `Pulumi.${name}.yaml`), "utf8"));
}

/** What the program is handed of a committed stack file. */
export function rawStack(name: string): RawStack {
  const { config } = readStackFile(name);
  return {
    region: config["aws:region"],
    allowedAccountIds: config["aws:allowedAccountIds"],
    settings: config["preflight:settings"],
  };
}

function replace(node: unknown, [key = "", ...rest]: readonly string[], value: unknown): Json {
  const entries = isRecord(node) ? node : {};
  const { [key]: old, ...others } = entries;
  const fresh = rest.length === 0 ? value : replace(old, rest, value);
  if (fresh === undefined) return others;
  return { ...entries, [key]: fresh };
}

/** A copy with another value at `a.b.c` of the settings; undefined takes the key away. */
export function withSetting(raw: RawStack, path: string, value: unknown): RawStack {
  return { ...raw, settings: replace(raw.settings, path.split("."), value) };
}

/** "path: found | allowed | fix" of each problem, paths without the settings block's own name; [] for a file that is right. */
export function problemsOf(raw: RawStack): string[] {
  const result = parseStack(raw);
  return result.ok
    ? []
    : result.problems.map(
        ({ path, found, allowed, fix }) =>
          `${showPath(path).replace("preflight:settings.", "")}: ${found} | ${allowed} | ${fix}`,
      );
}

/** A committed stack file as the program gets it; fails when it is not right. */
export function parsedStack(name: StackName): StackConfig {
  const result = parseStack(rawStack(name));
  if (!result.ok) throw new Error(problemsOf(rawStack(name)).join("\n"));
  return result.config;
}
