import type { StackConfig } from "../../config/schema.ts";
import type { Ask, OutcomeOf } from "./ask.ts";

/** Every type of instance that a node group names, each once, sorted. */
export function instanceTypesOf({ cluster }: Pick<StackConfig, "cluster">): string[] {
  return [...new Set(Object.values(cluster.nodeGroups).flatMap(({ instanceTypes }) => instanceTypes))].toSorted();
}

/** What those types are. A filter, since a type by its name that the region lacks would refuse the whole question. */
export function askInstanceTypes(config: StackConfig, ask: Ask): Promise<OutcomeOf<"ec2:DescribeInstanceTypes">> {
  return ask(
    "ec2:DescribeInstanceTypes",
    { Filters: [{ Name: "instance-type", Values: instanceTypesOf(config) }] },
    config.environment.region,
  );
}
