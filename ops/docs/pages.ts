import { globSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { rules } from "../../policies/rules.ts";
import { architecturePages } from "./architecture-pages.ts";
import type { Page } from "./page.ts";
import { policiesPage } from "./policies-page.ts";

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
