import type { NodeGroupSettings } from "../../../config/blocks/cluster/cluster.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, blocks, defineCheck, ok, unasked } from "../check.ts";
import { askInstanceTypes, instanceTypesOf } from "../instances.ts";
import { isRefusal, refusalOf, valueOf } from "../outcome.ts";

interface Answers {
  readonly offerings: OutcomeOf<"ec2:DescribeInstanceTypeOfferings">;
  readonly types: OutcomeOf<"ec2:DescribeInstanceTypes">;
}

function judgeGroup(name: string, group: NodeGroupSettings, zones: readonly string[], answers: Answers): Line {
  const part = {
    what: `Instances of node group ${name}`,
    needed: `${group.instanceTypes.join(", ")} in ${zones.join(", ")}`,
  };
  const refusal = refusalOf(answers.offerings);
  if (refusal !== undefined) return unasked(part, refusal);
  const offers = valueOf(answers.offerings)?.InstanceTypeOfferings ?? [];
  const missing = zones.flatMap((zone) =>
    group.instanceTypes
      .filter((type) => !offers.some(({ InstanceType, Location }) => InstanceType === type && Location === zone))
      .map((type) => ({ zone, type })),
  );
  const key = `cluster.nodeGroups.${name}.instanceTypes`;
  const empty = zones.filter(
    (zone) => missing.filter((gap) => gap.zone === zone).length === group.instanceTypes.length,
  );
  const found = missing.map(({ zone, type }) => `no ${type} in ${zone}`).join("; ");
  if (empty.length > 0)
    return blocks(part, found, `Name a type that every zone has (${key}), or take the zone out of network.zones.`);
  if (missing.length > 0)
    return advice(part, found, `A zone with fewer types is sold out sooner: name others in ${key}.`);
  const architectures = isRefusal(answers.types) ? [] : (valueOf(answers.types)?.InstanceTypes ?? []);
  const wrong = architectures.filter(
    ({ InstanceType = "", ProcessorInfo }) =>
      group.instanceTypes.includes(InstanceType) &&
      !(ProcessorInfo?.SupportedArchitectures ?? [group.architecture]).some((one) => one === group.architecture),
  );
  if (wrong.length > 0) {
    const names = wrong.flatMap(({ InstanceType }) => InstanceType ?? []).join(", ");
    return blocks(part, `${names} is not ${group.architecture}`, `Change ${key} or the group's architecture.`);
  }
  return ok(part, "offered in every zone");
}

/** The types of instances that node groups name, in each zone of the network. */
export const instanceTypesCheck = defineCheck({
  id: "instance-types",
  subject: "Cluster",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypeOfferings.html",
  requirements: ["CLUS-04"],
  gather: async ({ config }, { ask }) => {
    const types = instanceTypesOf(config);
    const { region } = config.environment;
    const [offerings, described] = await Promise.all([
      ask(
        "ec2:DescribeInstanceTypeOfferings",
        { LocationType: "availability-zone", Filters: [{ Name: "instance-type", Values: types }] },
        region,
      ),
      askInstanceTypes(config, ask),
    ]);
    return { offerings, types: described };
  },
  judge: ({ config: { cluster, network } }, answers) =>
    Object.entries(cluster.nodeGroups).map(([name, group]) => judgeGroup(name, group, network.zones, answers)),
});
