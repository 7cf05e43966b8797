import type { Environment } from "../../config/blocks/environment.ts";
import { TAGS } from "../../standards/tags.ts";
import type { Ask, OutcomeOf } from "./ask.ts";

/** Tags as services write them: a list of keys and values, or a record. */
type Tags =
  | readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[]
  | Readonly<Record<string, string>>
  | undefined;

function tagOf(tags: Tags, key: string): string | undefined {
  if (tags === undefined) return undefined;
  if (isList(tags)) return tags.find(({ Key }) => Key === key)?.Value;
  return tags[key];
}

const isList = (tags: NonNullable<Tags>): tags is Extract<Tags, readonly unknown[]> => Array.isArray(tags);

/** Whether an earlier `up` of the environment made something, by its tags. */
export function isOurs({ name }: Pick<Environment, "name">, tags: Tags): boolean {
  return tagOf(tags, TAGS.managedBy) === TAGS.managedByUs && tagOf(tags, TAGS.environment) === name;
}

/** The networks of the account and region. */
export const askNetworks = (
  ask: Ask,
  { region }: Pick<Environment, "region">,
): Promise<OutcomeOf<"ec2:DescribeVpcs">> => ask("ec2:DescribeVpcs", {}, region);

/**
 * Whether an `up` of the environment has begun and nothing took it down since: its network is there, which no teardown
 * leaves. It tells for things without tags whether they are ours. Undefined where nobody could ask.
 */
export function hasBegun(
  environment: Pick<Environment, "name">,
  networks: OutcomeOf<"ec2:DescribeVpcs">,
): boolean | undefined {
  if (networks.kind !== "answer") return undefined;
  return networks.value.Vpcs.some(({ Tags: tags }) => isOurs(environment, tags));
}
