import { globSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { rules } from "../../policies/rules.ts";
import { architecturePages } from "./architecture-pages.ts";
import { policiesPage } from "./policies-page.ts";

/** A document that is generated, or has generated parts. */
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

/** Every generated document as it should be. Takes as long as the program, which is run for the architecture. */
export async function pages(): Promise<readonly Page[]> {
  const services = serviceByRule();
  const placed = rules.map((rule) => ({ rule, service: services.get(rule.name) ?? "other" }));
  return [{ file: "docs/policies.md", content: policiesPage(placed) }, ...(await architecturePages(root))];
}
