import type { FactTable } from "./facts.ts";
import data from "./regions.json" with { type: "json" };

export interface Region {
  /** Off until the account turns it on. */
  readonly optIn: boolean;
  /** Names of zones that were seen; absent where none were read. */
  readonly zonesSeen?: readonly string[];
  /** Ids of zones in which EKS takes no subnets; which letter an id has differs by account. */
  readonly zoneIdsWithoutEks?: readonly string[];
  /** CloudFormation's names of resource types that the region does not have. */
  readonly lacksServices?: readonly string[];
  readonly lacksDatabaseClasses?: readonly string[];
  readonly lacksCacheNodes?: readonly string[];
  readonly lacksInstanceFamilies?: readonly string[];
  /** Named in AWS' list of regions, and nothing else is known of it. */
  readonly unverified?: boolean;
}

/** Regions of the partition `aws`. */
export const REGIONS: FactTable & { readonly regions: Readonly<Record<string, Region>> } = data;
