import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { messageOf } from "../../cli/errors.ts";
import type { Resource } from "../engine/model.ts";
import { PreviewProblem } from "../problem.ts";
import { INDEX_FILE, INDEX_MARK, manifestFiles } from "./files.ts";

/** Takes away what an earlier run wrote; a folder that somebody else filled is left alone. */
function empty(folder: string): void {
  if (!existsSync(folder)) return;
  const entries = readdirSync(folder);
  if (entries.length === 0) return;
  const index = join(folder, INDEX_FILE);
  if (!existsSync(index) || !readFileSync(index, "utf8").startsWith(INDEX_MARK)) {
    throw new PreviewProblem(
      "file-unwritable",
      `${folder} holds files that the preview did not write. Name another folder for --manifests, or remove it.`,
    );
  }
  for (const entry of entries.filter((name) => name.endsWith(".yaml"))) rmSync(join(folder, entry));
}

/** Writes the Kubernetes objects of an environment into a folder of its name below `directory`. */
export function writeManifests(directory: string, environment: string, resources: readonly Resource[]): void {
  const folder = join(directory, environment);
  const files = manifestFiles(environment, resources);
  try {
    empty(folder);
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of files) writeFileSync(join(folder, name), content);
  } catch (error) {
    if (error instanceof PreviewProblem) throw error;
    throw new PreviewProblem("file-unwritable", `${folder} cannot be written: ${messageOf(error)}`);
  }
}
