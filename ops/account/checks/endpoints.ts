import type { StackConfig } from "../../../config/schema.ts";
import { ENDPOINT_SERVICES } from "../../../standards/network.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

/** Endpoints that are always made: they cost nothing, and have no address in a zone. */
const GATEWAYS = ["s3", "dynamodb"] as const;

const serviceName = (region: string, service: string) => `com.amazonaws.${region}.${service}`;

function judgeService(
  service: StackConfig["network"]["interfaceEndpoints"][number],
  { environment, network }: StackConfig,
  answer: OutcomeOf<"ec2:DescribeVpcEndpointServices">,
): Line {
  const { acceptsPolicy } = ENDPOINT_SERVICES[service];
  const part = {
    what: `Endpoint ${service}`,
    needed: `in ${network.zones.join(", ")}${acceptsPolicy ? ", takes a policy" : ""}`,
  };
  if (isRefusal(answer)) return unasked(part, answer);
  const name = serviceName(environment.region, service);
  const found = valueOf(answer)?.ServiceDetails?.find(
    ({ ServiceName, ServiceType }) =>
      ServiceName === name && ServiceType?.some((type) => type.ServiceType === "Interface") !== false,
  );
  const todo = `Take ${service} out of network.interfaceEndpoints`;
  if (found === undefined) return blocks(part, "the region has none", `${todo}.`);
  const missing = network.zones.filter((zone) => found.AvailabilityZones?.includes(zone) !== true);
  if (missing.length > 0) return blocks(part, `not in ${missing.join(", ")}`, `${todo}, or choose other zones.`);
  if (acceptsPolicy && found.VpcEndpointPolicySupported === false)
    return blocks(part, "takes no policy here", `${todo}, or correct acceptsPolicy in standards/network.ts.`);
  return ok(part, "in every zone");
}

function judgeGateways({ environment }: StackConfig, answer: OutcomeOf<"ec2:DescribeVpcEndpointServices">): Line {
  const part = { what: "Gateway endpoints", needed: GATEWAYS.join(", ") };
  if (isRefusal(answer)) return unasked(part, answer);
  const names = valueOf(answer)?.ServiceDetails?.map(({ ServiceName }) => ServiceName) ?? [];
  const missing = GATEWAYS.filter((service) => !names.includes(serviceName(environment.region, service)));
  return missing.length === 0
    ? ok(part, "offered")
    : blocks(
        part,
        `no ${missing.join(", ")}`,
        "The region lacks what the network is made with: choose another region.",
      );
}

/** Services that are reached without leaving the network: which zones have an endpoint of them, and which take a policy. */
export const endpointsCheck = defineCheck({
  id: "endpoints",
  subject: "Network",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointServices.html",
  gather: ({ config: { environment, network } }, { ask }) =>
    ask(
      "ec2:DescribeVpcEndpointServices",
      {
        Filters: [
          {
            Name: "service-name",
            Values: [...GATEWAYS, ...network.interfaceEndpoints].map((service) =>
              serviceName(environment.region, service),
            ),
          },
        ],
      },
      environment.region,
    ),
  judge: ({ config }, answer) => [
    ...config.network.interfaceEndpoints.map((service) => judgeService(service, config, answer)),
    judgeGateways(config, answer),
  ],
});
