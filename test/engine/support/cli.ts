import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

import type { Requirement } from "../../support/requirements.ts";

const root = join(import.meta.dirname, "..", "..", "..");

export const PULUMI_CLI: Requirement = {
  here: spawnSync("pulumi", ["version"]).status === 0,
  missing: "no pulumi on PATH; install the Pulumi CLI to run the committed stacks under the real engine",
};

export interface Run {
  readonly status: number;
  readonly stdout: string;
  /** Both streams, for messages. */
  readonly output: string;
}

/** A copy of the committed project under the real engine, with a state and a set of providers of its own. */
export interface Project {
  readonly directory: string;
  /** Types a command as a person does who has loaded .envrc. */
  readonly pulumi: (...args: string[]) => Run;
  /** As {@link pulumi}, without .envrc, and with these variables instead. */
  readonly pulumiWith: (environment: Readonly<Record<string, string>>, ...args: string[]) => Run;
  /** Variables of the commands, for a test that starts one by itself. */
  readonly variables: Readonly<NodeJS.ProcessEnv>;
  /** Replaces text in a file of the copy; fails when it is not there. */
  readonly edit: (file: string, from: string, to: string) => void;
  readonly remove: () => void;
}

/** Puts executables named like the provider plugins into a folder; the engine takes the first on PATH. */
function installProviders(folder: string): void {
  mkdirSync(folder);
  const provider = join(import.meta.dirname, "fake-provider.ts");
  for (const name of ["aws", "kubernetes", "random"]) {
    const manifest: { readonly version: string } = JSON.parse(
      readFileSync(join(root, "node_modules", "@pulumi", name, "package.json"), "utf8"),
    );
    const file = join(folder, `pulumi-resource-${name}`);
    writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" "${provider}" ${manifest.version} "$@"\n`);
    chmodSync(file, 0o755);
  }
}

/** What git tracks or would track, as it stands in the working tree. */
function copyProject(directory: string): void {
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\0")
    .filter((file) => file !== "");
  for (const file of files) {
    mkdirSync(join(directory, dirname(file)), { recursive: true });
    cpSync(join(root, file), join(directory, file));
  }
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
}

/** What the copy's .envrc sets beside PATH, which already leads to the pinned Node. */
function loadEnvrc(directory: string): Readonly<Record<string, string>> {
  const shown = execFileSync("sh", ["-c", '. ./.envrc && printf %s "$PULUMI_OPTION_POLICY_PACK"'], {
    cwd: directory,
    encoding: "utf8",
  });
  return { PULUMI_OPTION_POLICY_PACK: shown };
}

function edit(directory: string, file: string, from: string, to: string): void {
  const path = join(directory, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(path, text.replace(from, to));
}

/** Starts from the committed project; only the wait after an association, which a stand-in has no use for, is taken out. */
export function createProject(): Project {
  const base = mkdtempSync(join(tmpdir(), "preflight-engine-"));
  const directory = join(base, "project");
  mkdirSync(directory);
  mkdirSync(join(base, "state"));
  copyProject(directory);
  edit(directory, "standards/cluster.ts", "podIdentitySettleSeconds: 20,", "podIdentitySettleSeconds: 0,");
  installProviders(join(base, "plugins"));
  const environment = {
    ...process.env,
    PATH: [join(base, "plugins"), join(root, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter),
    PULUMI_HOME: join(base, "home"),
    PULUMI_BACKEND_URL: `file://${join(base, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "engine-tests",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    NO_COLOR: "1",
  };
  const pulumiWith: Project["pulumiWith"] = (variables, ...args) => {
    const result = spawnSync("pulumi", [...args, "--non-interactive"], {
      cwd: directory,
      env: { ...environment, ...variables },
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
    });
    return { status: result.status ?? -1, stdout: result.stdout, output: `${result.stdout}\n${result.stderr}` };
  };
  return {
    directory,
    pulumiWith,
    pulumi: (...args) => pulumiWith(loadEnvrc(directory), ...args),
    variables: { ...environment, ...loadEnvrc(directory) },
    edit: (file, from, to) => {
      edit(directory, file, from, to);
    },
    remove: () => {
      rmSync(base, { recursive: true, force: true });
    },
  };
}
