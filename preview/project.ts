import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as yaml from "yaml";

import { nearest } from "../core/nearest.ts";
import { isRecord } from "../core/records.ts";
import { messageOf, PreviewProblem } from "./problem.ts";

/** The project whose program is run. */
export interface Project {
  /** Folder of Pulumi.yaml. */
  readonly root: string;
  readonly name: string;
  /** The program's entry, as the language host would start it: a path below the root. */
  readonly entry: string;
}

/** Reads a YAML file whose top is a map; problems name the file and the line. */
export function readYamlMap(root: string, file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(join(root, file), "utf8");
  } catch (error) {
    throw new PreviewProblem(`${file} cannot be read: ${messageOf(error)}`);
  }
  const document = yaml.parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) throw new PreviewProblem(`${file} is not valid YAML: ${error.message}`);
  const content: unknown = document.toJS();
  if (!isRecord(content)) throw new PreviewProblem(`${file} does not hold a map of keys.`);
  return content;
}

/** What Node would start: `main` of Pulumi.yaml, else the package's entry, else the folder. */
function entryOf(root: string, main: unknown): string {
  if (typeof main === "string") return main;
  if (!existsSync(join(root, "package.json"))) return ".";
  const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return isRecord(manifest) && typeof manifest["main"] === "string" ? manifest["main"] : ".";
}

export function loadProject(root: string): Project {
  const content = readYamlMap(root, "Pulumi.yaml");
  if (typeof content["name"] !== "string") throw new PreviewProblem("Pulumi.yaml has no name.");
  if ("config" in content) {
    throw new PreviewProblem(
      "Pulumi.yaml has a config block, which the preview does not read. Put the values into the stack files.",
    );
  }
  return { root, name: content["name"], entry: entryOf(root, content["main"]) };
}

/** Names of all stack files next to Pulumi.yaml, sorted. */
export function environmentsOf(root: string): string[] {
  return readdirSync(root)
    .flatMap((file) => /^Pulumi\.([^.]+)\.yaml$/.exec(file)?.[1] ?? [])
    .toSorted();
}

/** The environments to preview: those named, or all there are. */
export function chooseEnvironments(root: string, named: readonly string[]): string[] {
  const known = environmentsOf(root);
  if (known.length === 0)
    throw new PreviewProblem("There is no stack file (Pulumi.<environment>.yaml) next to Pulumi.yaml.");
  for (const name of named) {
    if (known.includes(name)) continue;
    const guess = nearest(name, known);
    throw new PreviewProblem(
      `There is no environment "${name}": no Pulumi.${name}.yaml. ` +
        (guess === undefined ? `There are: ${known.join(", ")}.` : `Did you mean "${guess}"?`),
    );
  }
  return named.length === 0 ? known : [...new Set(named)];
}
