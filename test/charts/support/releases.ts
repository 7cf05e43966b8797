import type { Registered } from "../../support/cloud.ts";
import { ofType } from "../../support/cloud.ts";

/** A release as the program asks Helm for it. */
export interface ProgramRelease {
  /** Logical name. */
  readonly resource: string;
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  readonly values: unknown;
  readonly skipCrds: boolean;
  readonly dependsOn: readonly string[];
}

/** Every release of a program, by the last part of its chart's address. */
export function releasesOf(resources: readonly Registered[]): ProgramRelease[] {
  return ofType(resources, "kubernetes:helm.sh/v3:Release").map(({ name, inputs, dependsOn }) => ({
    resource: name,
    name: String(inputs["name"]),
    namespace: String(inputs["namespace"]),
    chart: String(inputs["chart"]).split("/").at(-1) ?? "",
    version: String(inputs["version"]),
    values: inputs["values"],
    skipCrds: inputs["skipCrds"] === true,
    dependsOn,
  }));
}
