import type { Environment } from "../../config/blocks/environment.ts";
import { TAGS } from "../../standards/tags.ts";

/**
 * The tags of everything in the environment. The AWS provider sets them on what it makes itself; what AWS or a
 * controller makes for us (instances, volumes, network interfaces) must be told.
 */
export function environmentTags(
  environment: Pick<Environment, "name" | "owner" | "costCenter">,
): Record<string, string> {
  return {
    [TAGS.environment]: environment.name,
    owner: environment.owner,
    "cost-center": environment.costCenter,
    [TAGS.managedBy]: TAGS.managedByUs,
  };
}
