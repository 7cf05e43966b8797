/** Facts and bounds of image repositories. */
export const REGISTRY = {
  /** Fewest images that are kept: what production runs, what it ran before, and what staging tries. ROLL-03 */
  minKeptImages: 10,
  /** Images kept of those that the environment has run, beside the newest: the one that runs, and the ways back. ROLL-03 */
  keptDeployedImages: 30,
  /** Days after which an image without a tag vanishes: the parts of an image that was pushed anew. */
  untaggedDays: 7,
  /** Most images of a repository. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html */
  awsMaxImages: 20_000,
} as const;
