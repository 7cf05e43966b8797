import type { DistributionArgs } from "@pulumi/aws/cloudfront/index.js";
import type { Unwrap } from "@pulumi/pulumi";

export const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";

type Distribution = Unwrap<DistributionArgs>;

/** A behaviour of a distribution and where it stands. */
export interface PlacedBehavior {
  readonly property: string;
  readonly behavior: Distribution["defaultCacheBehavior"];
}

/** The default behaviour and those of single paths, each judged alike: a hole in one is a hole. */
export function behaviorsOf(distribution: Distribution): readonly PlacedBehavior[] {
  return [
    { property: "defaultCacheBehavior", behavior: distribution.defaultCacheBehavior },
    ...(distribution.orderedCacheBehaviors ?? []).map((behavior, index) => ({
      property: `orderedCacheBehaviors[${index}]`,
      behavior,
    })),
  ];
}
