/** What is read of a resource, whoever ran the program: a test's cloud or the preview. */
export interface Made {
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Logical names, as a test's cloud answers them. */
  readonly dependsOn?: readonly string[];
}

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
export function releasesOf(resources: readonly Made[]): ProgramRelease[] {
  const made = resources.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");
  return made.map(({ name, inputs, dependsOn = [] }) => ({
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
