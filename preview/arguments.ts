import { parseArgs } from "node:util";

import { nearest } from "../core/nearest.ts";
import { messageOf, PreviewProblem } from "./problem.ts";

export const HELP = `Previews environments without a Pulumi CLI, an account or a credential: runs the real program against a stand-in of the
cloud and has the policy pack judge what it registers.

  npm run preview -- [environment ...] [options]
  node preview/main.ts [environment ...] [options]

Without a name, all environments that have a stack file (Pulumi.<environment>.yaml).

  --format text|json|markdown  how the report is written (text)
  --json                       the same as --format json
  --output FILE                write the report there instead of to the terminal
  --resources                  show every resource with its inputs; secrets are masked
  --unknowns                   leave computed values unknown, as a true first preview does: shows what rules cannot decide
  --export FILE                write all resources for the provider check; with several environments one file each, with the
                               environment in its name (resources.json: resources.staging.json, resources.production.json)
  --manifests DIR              write the Kubernetes objects as YAML, one file each, into a folder for each environment
                               (DIR/staging, DIR/production); secrets are masked; charts are listed in its README.md
  --timeout SECONDS            how long the program may run (120)
  --root FOLDER                folder of Pulumi.yaml (this project)
  --pack FOLDER                policy pack, below the root (policies)
  --help

Examples
  npm run preview
  npm run preview -- staging --unknowns
  npm run preview -- --format markdown --output report.md
  npm run --silent preview -- production --json | jq ".environments[].summary"

Exit codes: 0 all mandatory rules are satisfied, 1 one is violated or undetermined, 2 the configuration, the program, the
pack or an option is wrong.
`;

export const FORMATS = ["text", "json", "markdown"] as const;

export type Format = (typeof FORMATS)[number];

export interface Arguments {
  readonly environments: readonly string[];
  readonly format: Format;
  readonly output: string | undefined;
  readonly resources: boolean;
  readonly unknowns: boolean;
  readonly export: string | undefined;
  readonly manifests: string | undefined;
  readonly timeoutSeconds: number;
  readonly root: string | undefined;
  readonly pack: string;
  readonly help: boolean;
}

const OPTIONS = {
  format: { type: "string" },
  json: { type: "boolean", default: false },
  output: { type: "string" },
  resources: { type: "boolean", default: false },
  unknowns: { type: "boolean", default: false },
  export: { type: "string" },
  manifests: { type: "string" },
  timeout: { type: "string", default: "120" },
  root: { type: "string" },
  pack: { type: "string", default: "policies" },
  help: { type: "boolean", short: "h", default: false },
} as const;

const isFormat = (text: string): text is Format => FORMATS.some((format) => format === text);

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const unknown = /Unknown option '(?:--)?([^']+)'/.exec(messageOf(error))?.[1];
    const guess = unknown === undefined ? undefined : nearest(unknown, Object.keys(OPTIONS));
    const text = unknown === undefined ? messageOf(error) : `There is no option --${unknown}.`;
    throw new PreviewProblem(`${text}${guess === undefined ? "" : ` Did you mean --${guess}?`} --help lists them all.`);
  }
}

/** Reads the command line; what is wrong with it is a {@link PreviewProblem}. */
export function parseArguments(words: readonly string[]): Arguments {
  const { values, positionals } = parse(words);
  const format = values.format ?? (values.json ? "json" : "text");
  if (!isFormat(format)) throw new PreviewProblem(`--format is "${format}"; there are ${FORMATS.join(", ")}.`);
  if (values.json && format !== "json")
    throw new PreviewProblem(`--json and --format ${format} say different things. Use one of the two.`);
  const timeoutSeconds = Number(values.timeout);
  if (!(timeoutSeconds > 0))
    throw new PreviewProblem(`--timeout is "${values.timeout}"; it must be a number of seconds above 0.`);
  const { output, resources, unknowns, manifests, root, pack, help } = values;
  if (unknowns && manifests !== undefined)
    throw new PreviewProblem("--manifests needs values, which --unknowns leaves out. Use one of the two.");
  return {
    environments: positionals,
    format,
    output,
    resources,
    unknowns,
    export: values.export,
    manifests,
    timeoutSeconds,
    root,
    pack,
    help,
  };
}
