import { UserError } from "../cli/errors.ts";
import type { Values } from "../cli/options.ts";
import { amount, choice, flag, otherwise, text } from "../cli/options.ts";

export const FORMATS = ["text", "json", "markdown"] as const;

export type Format = (typeof FORMATS)[number];

/** Longest time in seconds that a timer can wait. */
const LONGEST = 2_000_000;

/** What can be said about a preview. */
export const OPTIONS = {
  format: choice(FORMATS, "how the report is written (text)"),
  json: flag("the same as --format json; problems are JSON too"),
  output: text("FILE", "write the report there instead of to the terminal"),
  resources: flag("show every resource with its inputs; secrets are masked"),
  unknowns: flag("leave computed values unknown, as a true first preview does: shows what rules cannot decide"),
  export: text(
    "FILE",
    "write all resources for the provider check; with several environments one file each, with the environment in its name (resources.json: resources.staging.json, resources.production.json)",
  ),
  manifests: text(
    "DIR",
    "write the Kubernetes objects as YAML, one file each, into a folder for each environment (DIR/staging, DIR/production); secrets are masked; charts are listed in its README.md. The YAML of an earlier run is replaced; a folder that the preview did not fill is refused",
  ),
  timeout: otherwise(amount("SECONDS", "how long the program may run", "seconds", LONGEST), 120),
  root: text("FOLDER", "folder of Pulumi.yaml (this project)"),
  pack: otherwise(text("FOLDER", "policy pack, below the root"), "policies"),
};

/** What the options ask for. */
export interface PreviewSettings extends Omit<Values<typeof OPTIONS>, "format" | "json"> {
  readonly format: Format;
}

/** Options that belong together, judged together. */
export function settingsOf({ format, json, ...others }: Values<typeof OPTIONS>): PreviewSettings {
  if (json && format !== undefined && format !== "json") {
    throw new UserError(
      "conflicting-options",
      `--json and --format ${format} say different things.`,
      "Use one of the two.",
    );
  }
  if (others.unknowns && others.manifests !== undefined) {
    throw new UserError(
      "conflicting-options",
      "--manifests needs values, which --unknowns leaves out.",
      "Use one of the two.",
    );
  }
  return { ...others, format: format ?? (json ? "json" : "text") };
}
