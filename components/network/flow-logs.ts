import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as iam from "@pulumi/aws/iam/index.js";

import type { Environment } from "../../config/blocks/environment.ts";
import type { NetworkSettings } from "../../config/blocks/network.ts";
import { arnOf, logGroupArn, logGroupName, nameOf } from "../../core/names.ts";
import type { Keys } from "../keys/keys.ts";
import { policyDocument, serviceTrust } from "../shared/iam.ts";

export interface FlowLogsArgs {
  readonly environment: Environment;
  readonly settings: NetworkSettings["flowLogs"];
  readonly keys: Pick<Keys<"logs">, "arns">;
  readonly vpc: ec2.Vpc;
}

/**
 * What is written of a connection. Beyond AWS' own choice: the packet's addresses, since behind a NAT gateway the
 * interface's are not those of the pod, and in which direction it was opened.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
const FIELDS = [
  "version",
  "account-id",
  "interface-id",
  "srcaddr",
  "dstaddr",
  "srcport",
  "dstport",
  "protocol",
  "packets",
  "bytes",
  "start",
  "end",
  "action",
  "log-status",
  "vpc-id",
  "subnet-id",
  "instance-id",
  "tcp-flags",
  "type",
  "pkt-srcaddr",
  "pkt-dstaddr",
  "az-id",
  "pkt-src-aws-service",
  "pkt-dst-aws-service",
  "flow-direction",
  "traffic-path",
] as const;

/**
 * The record of all connections, accepted and refused, in an encrypted log group. Part of the audit trail: losing it is
 * final, so it is protected as data is.
 */
export function createFlowLogs(name: string, args: FlowLogsArgs): void {
  const { environment, settings, keys, vpc } = args;
  const role = `${name}-flow-logs`;
  const groupName = logGroupName.flowLogs(environment);
  const logs = new cloudwatch.LogGroup(
    role,
    { name: groupName, retentionInDays: settings.retentionDays, kmsKeyId: keys.arns.logs },
    { parent: vpc, protect: environment.protectStatefulResources, retainOnDelete: environment.retainStatefulResources },
  );
  const { writer, permissions } = createWriter(role, args, groupName);
  new ec2.FlowLog(
    role,
    {
      vpcId: vpc.id,
      trafficType: "ALL",
      maxAggregationInterval: settings.aggregationSeconds,
      logDestinationType: "cloud-watch-logs",
      logDestination: logs.arn,
      logFormat: FIELDS.map((field) => `\${${field}}`).join(" "),
      iamRoleArn: writer.arn,
      tags: { Name: nameOf(environment) },
    },
    // Without its permissions the service gives up on the log for a while.
    { parent: vpc, retainOnDelete: false, dependsOn: [permissions] },
  );
}

/** The role in which the service writes: into this one group, for this account's flow logs only. */
function createWriter(childName: string, { environment, vpc }: FlowLogsArgs, groupName: string) {
  const { accountId } = environment;
  // Written out, not asked from the group: the policy is known, and can be judged, before anything exists.
  const groupArn = logGroupArn(environment, groupName);
  const writer = new iam.Role(
    childName,
    {
      description: "Taken on by VPC flow logs to write the network's record",
      assumeRolePolicy: serviceTrust("vpc-flow-logs", {
        accountId,
        sourceArn: arnOf(environment, "ec2", "vpc-flow-log/*"),
      }),
    },
    { parent: vpc, retainOnDelete: false },
  );
  const permissions = new iam.RolePolicy(
    childName,
    {
      role: writer.id,
      policy: policyDocument([
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"],
          Resource: [groupArn, `${groupArn}:*`],
        },
      ]),
    },
    { parent: writer },
  );
  return { writer, permissions };
}
