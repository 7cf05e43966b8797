import type { FactTable } from "./facts.ts";
import data from "./node-images.json" with { type: "json" };

interface NodeImages {
  /** Kubernetes' patch by the release's date (YYYYMMDD), in ascending order; "" where only the date was seen. */
  readonly patches: Readonly<Record<string, string>>;
  /** Dates of releases that were withdrawn. */
  readonly abandoned: readonly string[];
}

/** Releases of the Amazon Linux 2023 image for EKS, by minor version. */
export const NODE_IMAGES: FactTable & {
  /** Up to this day the table is complete. */
  readonly changelogEnds: string;
  readonly minors: Readonly<Record<string, NodeImages>>;
} = data;

/** The last release that the table knows for a minor version, as `<patch>-<date>`; undefined where it knows none. */
export function newestNodeImage(minor: string): string | undefined {
  const { patches = {}, abandoned = [] } = NODE_IMAGES.minors[minor] ?? {};
  const newest = Object.entries(patches).findLast(([date, patch]) => patch !== "" && !abandoned.includes(date));
  return newest === undefined ? undefined : `${newest[1]}-${newest[0]}`;
}
