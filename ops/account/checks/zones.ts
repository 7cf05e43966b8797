import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal } from "../outcome.ts";

/**
 * Zones, by their ids, in which EKS makes no control plane; names are shuffled by account, ids are not.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html#network-requirements-subnets
 */
const REFUSED_BY_EKS = ["use1-az3", "usw1-az2", "cac1-az3"];

function judgeZone(zone: string, answer: OutcomeOf<"ec2:DescribeAvailabilityZones">): Line {
  const part = { what: `Zone ${zone}`, needed: "available, and one that EKS takes" };
  if (isRefusal(answer)) return unasked(part, answer);
  const zones = answer.kind === "answer" ? (answer.value.AvailabilityZones ?? []) : [];
  const found = zones.find(({ ZoneName }) => ZoneName === zone);
  const offered = zones
    .filter(
      ({ State, ZoneType, ZoneId = "" }) =>
        State === "available" &&
        ZoneType !== "local-zone" &&
        ZoneType !== "wavelength-zone" &&
        !REFUSED_BY_EKS.includes(ZoneId),
    )
    .flatMap(({ ZoneName }) => ZoneName ?? [])
    .toSorted();
  const todo = `Choose among ${offered.join(", ")} (network.zones).`;
  if (found === undefined) return blocks(part, "this account does not see it", todo);
  const id = found.ZoneId ?? "no id";
  if (found.ZoneType !== undefined && found.ZoneType !== "availability-zone") return blocks(part, found.ZoneType, todo);
  if (REFUSED_BY_EKS.includes(id)) return blocks(part, `${id}, in which EKS makes no cluster`, todo);
  return found.State === "available"
    ? ok(part, id)
    : blocks(part, `${id} is ${found.State ?? "in no known state"}`, todo);
}

/** The zones of the stack file as this account sees them. */
export const zonesCheck = defineCheck({
  id: "zones",
  subject: "Region and zones",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
  requirements: ["CLUS-04"],
  gather: ({ config }, { ask }) =>
    ask("ec2:DescribeAvailabilityZones", { AllAvailabilityZones: true }, config.environment.region),
  judge: ({ config }, answer) => config.network.zones.map((zone) => judgeZone(zone, answer)),
});
