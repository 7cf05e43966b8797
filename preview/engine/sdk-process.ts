import { createRequire } from "node:module";
import { join } from "node:path";

import { PreviewProblem } from "../problem.ts";

/** What would make a run depend on the user's own Pulumi settings, or report it to somebody. */
const isPersonal = (key: string) =>
  (key.startsWith("PULUMI_") && key !== "PULUMI_DEBUG_PROMISE_LEAKS") || key === "TRACEPARENT";

/** The variables of a child: this process's without personal ones, and the folder where Node keeps compiled code. */
export function childEnvironment(root: string, variables: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(process.env).flatMap(([key, value]) =>
    value === undefined || isPersonal(key) ? [] : [[key, value] as const],
  );
  return { ...Object.fromEntries(own), NODE_COMPILE_CACHE: compileCache(root), ...variables };
}

/** Where Node keeps compiled code between runs. */
export function compileCache(root: string): string {
  return join(root, "node_modules", ".cache", "preview");
}

/** Flags of Node for processes that run the SDK; see lazy-modules.ts. */
export const LAZY_MODULES = ["--import", new URL("lazy-modules.ts", import.meta.url).href] as const;

/** Path of a script of the Pulumi SDK that a folder's packages use. */
export function sdkScript(folder: string, script: string): string {
  try {
    return createRequire(join(folder, "package.json")).resolve(`@pulumi/pulumi/cmd/${script}/index.js`);
  } catch {
    throw new PreviewProblem("sdk-missing", `@pulumi/pulumi is not installed for ${folder}. Run npm ci.`);
  }
}
