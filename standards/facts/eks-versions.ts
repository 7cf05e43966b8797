import data from "./eks-versions.json" with { type: "json" };
import type { FactTable } from "./facts.ts";

/** A Kubernetes minor version at EKS; each date is the last day, but `released`. */
interface EksVersion {
  readonly released: string;
  readonly endOfStandardSupport: string;
  readonly endOfExtendedSupport: string;
}

/** Kubernetes versions by minor, in ascending order. */
export const EKS_VERSIONS: FactTable & { readonly minors: Readonly<Record<string, EksVersion>> } = data;
