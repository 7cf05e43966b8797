import { globSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { rules } from "../../policies/rules.ts";
import { policiesPage } from "./policies-page.ts";

/** A generated document. */
export interface Page {
  /** Path below the repository's root. */
  readonly file: string;
  readonly content: string;
}

const root = join(import.meta.dirname, "..", "..");

/** Folder of each rule's file, by the rule's name. */
function serviceByRule(): ReadonlyMap<string, string> {
  const files = globSync("*/*.ts", { cwd: join(root, "policies", "rules") });
  return new Map(files.map((file) => [basename(file, ".ts"), dirname(file)]));
}

/** Every generated document as it should be. */
export function pages(): readonly Page[] {
  const services = serviceByRule();
  const placed = rules.map((rule) => ({ rule, service: services.get(rule.name) ?? "other" }));
  return [{ file: "docs/policies.md", content: policiesPage(placed) }];
}
