import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import * as yaml from "yaml";

import { messageOf, UserError } from "../../cli/errors.ts";
import { isRecord } from "../../core/records.ts";

/** What a kubeconfig knows of a cluster. */
export interface KnownCluster {
  /** Host name of the API server, as its certificate has it. */
  readonly host: string;
  /** The cluster's own authority, as PEM. */
  readonly authority: string;
}

/** Files that kubectl would read: those of KUBECONFIG, or its own. */
function filesOf(given: string | undefined, variables: Readonly<Record<string, string | undefined>>): string[] {
  if (given !== undefined) return [given];
  const named = (variables["KUBECONFIG"] ?? "").split(delimiter).filter((file) => file !== "");
  return named.length > 0 ? named : [join(variables["HOME"] ?? homedir(), ".kube", "config")];
}

function read(file: string): unknown {
  try {
    return yaml.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UserError("kubeconfig-unreadable", `${file} cannot be read: ${messageOf(error)}`);
  }
}

function authorityOf(cluster: Readonly<Record<string, unknown>>, folder: string): string | undefined {
  const [data, file] = [cluster["certificate-authority-data"], cluster["certificate-authority"]];
  if (typeof data === "string") return Buffer.from(data, "base64").toString("utf8");
  return typeof file === "string" ? readFileSync(resolve(folder, file), "utf8") : undefined;
}

/**
 * The cluster of that ARN, which `aws eks update-kubeconfig` makes the name of its entry: so it is of the right account and
 * region. Throws a {@link UserError} when no file has it.
 */
export function findCluster(
  arn: string,
  {
    given,
    variables,
    remedy,
  }: {
    /** File that the user named; undefined: where kubectl looks. */
    readonly given: string | undefined;
    readonly variables: Readonly<Record<string, string | undefined>>;
    /** The command that writes the entry. */
    readonly remedy: string;
  },
): KnownCluster {
  const files = filesOf(given, variables);
  for (const file of files.filter((name) => name === given || existsSync(name))) {
    const content = read(file);
    const entries: unknown[] = isRecord(content) && Array.isArray(content["clusters"]) ? content["clusters"] : [];
    const entry = entries.filter(isRecord).find(({ name }) => name === arn);
    const cluster = entry?.["cluster"];
    if (!isRecord(cluster) || typeof cluster["server"] !== "string") continue;
    const authority = authorityOf(cluster, dirname(file));
    if (authority !== undefined) return { host: new URL(cluster["server"]).hostname, authority };
  }
  throw new UserError(
    "cluster-unknown",
    `No entry of ${files.join(", ")} is ${arn} with its authority.`,
    `Run ${remedy}.`,
  );
}
