import type { FlowLogArgs, VpcArgs } from "@pulumi/aws/ec2/index.js";

import { show } from "../../../core/finding.ts";
import { stackRule } from "../../lib/rule.ts";

export const vpcFlowLogs = stackRule<VpcArgs>({
  name: "vpc-flow-logs",
  description:
    "Every network records all its connections, accepted and refused: without the record no intrusion can be traced.",
  severity: "medium",
  checklist: ["SEC-18", "NET-06"],
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
  remediation: 'Add a FlowLog with vpcId and trafficType "ALL".',
  type: "aws:ec2/vpc:Vpc",
  check(vpc, stack, report) {
    const logs = stack.referring<FlowLogArgs>("aws:ec2/flowLog:FlowLog", "vpcId", vpc);
    // AWS has no default: an absent type makes the creation fail for a VPC.
    if (logs.some(({ props }) => props.trafficType === "ALL")) return;
    const [log] = logs;
    if (log === undefined) report({ property: "(flow log)", found: "nothing", required: "a flow log of all traffic" });
    else report({ property: "(flow log).trafficType", found: show(log.props.trafficType), required: "ALL" });
  },
});
