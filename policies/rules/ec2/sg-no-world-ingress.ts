import { NETWORK } from "../../../standards/network.ts";
import { resourceRule } from "../../lib/rule.ts";
import type { SecurityGroupOrRuleArgs } from "../../lib/security-group.ts";
import { INGRESS_RULE, rulesOf, SECURITY_GROUP, SECURITY_GROUP_RULE, worldBlocks } from "../../lib/security-group.ts";
import { isEveryProtocol, portsOf, showPorts } from "../../lib/traffic.ts";

interface Config {
  readonly allowedPublicPorts: readonly number[];
}

export const sgNoWorldIngress = resourceRule<SecurityGroupOrRuleArgs>({
  name: "sg-no-world-ingress",
  description: "No security group lets the whole internet in, except on the public ports of load balancers.",
  severity: "critical",
  checklist: ["SEC-12"],
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  remediation: "Name the addresses, a prefix list or another security group as the source.",
  types: [SECURITY_GROUP, SECURITY_GROUP_RULE, INGRESS_RULE],
  config: {
    properties: {
      allowedPublicPorts: {
        type: "array",
        items: { type: "integer" },
        default: [...NETWORK.publicPorts],
        description: "Ports which the whole internet may reach; sg-public-only-balancers judges on what.",
      },
    },
  },
  check(props, report, { type, config }) {
    const allowed = config<Config>().allowedPublicPorts ?? NETWORK.publicPorts;
    for (const found of rulesOf(type, props, "ingress")) {
      const [open] = worldBlocks(found);
      if (open === undefined) continue;
      const protocol = found.rule.ipProtocol ?? found.rule.protocol;
      const ports = portsOf(protocol, found.rule.fromPort, found.rule.toPort);
      if (ports !== undefined && ports.from === ports.to && allowed.some((port) => port === ports.from)) continue;
      const what =
        ports === undefined
          ? `protocol ${protocol ?? "-1"}`
          : `${isEveryProtocol(protocol) ? "every protocol, " : ""}${showPorts(ports)}`;
      const where = allowed.length === 0 ? "no port" : `one of the ports ${allowed.join(", ")}`;
      report({ property: open.property, found: `${open.cidr} on ${what}`, required: `${where} from everywhere` });
    }
  },
});
