import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as yaml from "yaml";

import { messageOf } from "../cli/errors.ts";
import { isRecord } from "../core/records.ts";
import { PreviewProblem } from "./problem.ts";

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
    throw new PreviewProblem("file-unreadable", `${file} cannot be read: ${messageOf(error)}`);
  }
  const document = yaml.parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) throw new PreviewProblem("file-invalid", `${file} is not valid YAML: ${error.message}`);
  let content: unknown;
  try {
    content = document.toJS();
  } catch (problem) {
    // An alias without its anchor is found out here only.
    throw new PreviewProblem("file-invalid", `${file} is not valid YAML: ${messageOf(problem)}`);
  }
  if (!isRecord(content)) throw new PreviewProblem("file-invalid", `${file} does not hold a map of keys.`);
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
  if (typeof content["name"] !== "string") throw new PreviewProblem("project-invalid", "Pulumi.yaml has no name.");
  if ("config" in content) {
    throw new PreviewProblem(
      "project-invalid",
      "Pulumi.yaml has a config block, which the preview does not read. Put the values into the stack files.",
    );
  }
  return { root, name: content["name"], entry: entryOf(root, content["main"]) };
}
