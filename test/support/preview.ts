import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { Registration, Resource } from "../../preview/engine/model.ts";
import { makeUrn } from "../../preview/engine/urn.ts";
import type { Project } from "../../preview/project.ts";

const home = join(import.meta.dirname, "..", "..");

/** Head of a fixture's program: a bucket without loading a provider's package. */
export const BUCKET = `import * as pulumi from "@pulumi/pulumi";
class Bucket extends pulumi.CustomResource {
  constructor(name: string, args: object = {}, opts: object = {}) { super("aws:s3/bucket:Bucket", name, { arn: undefined, ...args }, opts); }
}
class Group extends pulumi.ComponentResource {
  constructor(name: string, opts: object = {}) { super("fixture:index:Group", name, {}, opts); }
}
`;

/** Head of a fixture's pack: rules are added behind it, in `rules`. */
const PACK = (rules: string) => `import { PolicyPack } from "@pulumi/policy";
new PolicyPack("fixture", { policies: [${rules}] });
`;

/** A rule that refuses public buckets, in the words of our own rules. */
export const NO_PUBLIC_BUCKET = `{
  name: "no-public-bucket", description: "Buckets are private.", enforcementLevel: "mandatory", severity: "high", tags: ["SEC-01"],
  validateResource: (args, report) => {
    if (args.type !== "aws:s3/bucket:Bucket") return;
    if (args.props.acl === "public-read") report("resource: " + args.name + "\\nproperty: acl\\nfound: public-read\\nrequired: private\\nfix: Set acl to private.\\nchecklist: SEC-01");
  },
}`;

export interface FixtureSpec {
  /** The program, behind {@link BUCKET}. */
  readonly program: string;
  /** Stack files by environment; one called "test" when absent. */
  readonly stacks?: Readonly<Record<string, string>>;
  /** The rules of the pack, as JavaScript; {@link NO_PUBLIC_BUCKET} when absent. */
  readonly rules?: string;
  /** Further files by path. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project of its own in a temporary folder. */
export interface Fixture {
  readonly root: string;
  readonly project: Project;
  /** Runs the preview's command on it. */
  readonly preview: (...args: readonly string[]) => Promise<Run>;
  readonly remove: () => void;
}

export function createFixture({
  program,
  stacks = { test: "config: {}\n" },
  rules = NO_PUBLIC_BUCKET,
  files = {},
}: FixtureSpec): Fixture {
  const root = mkdtempSync(join(tmpdir(), "preflight-preview-"));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  write("Pulumi.yaml", "name: fixture\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n");
  write("package.json", JSON.stringify({ type: "module", main: "index.ts" }));
  write("index.ts", BUCKET + program);
  write("policies/PulumiPolicy.yaml", "runtime: nodejs\n");
  write(
    "policies/package.json",
    JSON.stringify({ name: "fixture", version: "1.0.0", type: "module", main: "index.js" }),
  );
  write("policies/index.js", PACK(rules));
  for (const [environment, text] of Object.entries(stacks)) write(`Pulumi.${environment}.yaml`, text);
  for (const [file, text] of Object.entries(files)) write(file, text);
  symlinkSync(join(home, "node_modules"), join(root, "node_modules"));
  return {
    root,
    project: { root, name: "fixture", entry: "index.ts" },
    preview: (...args) => run(["--root", root, ...args]),
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Runs the preview's command as a user does, without a terminal. */
export function run(args: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, [join(home, "preflight.js"), "preview", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    texts.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    texts.stderr += text;
  });
  return new Promise((resolve) => {
    child.on("close", (code) => {
      resolve({ status: code ?? -1, ...texts });
    });
  });
}

/** A registration with nothing special about it. */
export function registration(asked: Partial<Registration> & Pick<Registration, "type" | "name">): Registration {
  return {
    custom: true,
    parent: undefined,
    inputs: {},
    provider: undefined,
    dependencies: [],
    propertyDependencies: {},
    protect: undefined,
    retainOnDelete: undefined,
    deletedWith: undefined,
    deleteBeforeReplace: undefined,
    ignoreChanges: [],
    replaceOnChanges: [],
    additionalSecretOutputs: [],
    aliases: [],
    timeouts: { create: 0, update: 0, delete: 0 },
    importId: undefined,
    source: undefined,
    ...asked,
  };
}

/** An answered resource with nothing special about it. */
export function resource(asked: Partial<Resource> & Pick<Resource, "type" | "name">): Resource {
  const plain = registration(asked);
  const urn = makeUrn({ stack: "test", project: "fixture", parent: plain.parent, type: plain.type, name: plain.name });
  return { ...plain, urn, checked: plain.inputs, id: "", outputs: {}, read: false, ...asked };
}
