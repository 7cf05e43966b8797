import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Container, PodSpec } from "../../../policies/lib/pod.ts";
import { CHARTS } from "../../../standards/charts.ts";
import type { Level } from "./pod-security.ts";

type Labels = Readonly<Record<string, string>>;

export interface RecordedService {
  readonly name: string;
  readonly selector: Labels;
  readonly ports: readonly { readonly name?: string; readonly port: number; readonly targetPort?: number | string }[];
}

export interface RecordedContainer extends Omit<Container, "ports"> {
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number; readonly hostPort?: number }[];
}

export interface RecordedPod {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  /** How many; absent: one, or one a node. */
  readonly replicas?: number;
  readonly serviceAccount?: string;
  readonly priorityClass?: string;
  /** The strictest level of Pod Security that takes it. */
  readonly podSecurity: Level;
  /** The specification as far as Pod Security and the ways to the pods read it, and what it reserves. */
  readonly spec: Omit<PodSpec, "containers" | "initContainers"> & {
    readonly containers: readonly RecordedContainer[];
    readonly initContainers?: readonly RecordedContainer[];
  };
}

/** A service that the API server calls: a webhook, or an API that it extends. */
export interface RecordedCall {
  readonly kind: string;
  readonly name: string;
  readonly service: string;
  readonly port: number;
  readonly path?: string;
  /** Of a webhook: what happens with a request while nobody answers, and which requests these are. */
  readonly failurePolicy?: string;
  readonly rules?: readonly { readonly apiGroups?: readonly string[]; readonly resources?: readonly string[] }[];
  readonly namespaceSelector?: object;
  readonly objectSelector?: object;
}

export interface RecordedDefinition {
  readonly name: string;
  /** Of the definition as JSON with sorted keys. */
  readonly sha256: string;
}

/** What Helm makes of a chart with our values, as far as something here depends on it. */
export interface Recorded {
  readonly chart: string;
  readonly version: string;
  /** Where the chart is from: a repository with its commit, or the address it was pulled from. */
  readonly source: string;
  readonly helm: string;
  readonly date: string;
  readonly namespace: string;
  /** Our values, with the settings of tests. */
  readonly values: unknown;
  readonly services: readonly RecordedService[];
  readonly pods: readonly RecordedPod[];
  readonly calls: readonly RecordedCall[];
  /** Groups of kinds that Kubernetes itself does not have, of objects among the templates. */
  readonly customGroups: readonly string[];
  /** Definitions of kinds in the chart's folder `crds/`, which Helm makes once and never changes. */
  readonly crds: readonly RecordedDefinition[];
  /** Names of definitions among the templates, which Helm upgrades as anything else. */
  readonly templatedCrds: readonly string[];
}

interface Pinned {
  readonly chart: string;
  readonly version: string;
}

/** The pinned charts, by the last part of their address. */
export const PINNED: readonly Pinned[] = Object.values(CHARTS).map(({ chart, version }) => ({
  chart: chart.split("/").at(-1) ?? chart,
  version,
}));

export const recordFile = ({ chart, version }: Pinned): string =>
  join(import.meta.dirname, "..", "recorded", `${chart}-${version}.json`);

export const hasRecord = (pinned: Pinned): boolean => existsSync(recordFile(pinned));

export function readRecord(pinned: Pinned): Recorded {
  return JSON.parse(readFileSync(recordFile(pinned), "utf8"));
}

/** The records of all pinned charts that have one; that none is missing is a test of its own. */
export const readRecords = (): Recorded[] => PINNED.filter(hasRecord).map(readRecord);
