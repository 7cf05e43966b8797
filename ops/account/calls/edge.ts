import type { ListDistributionsCommandInput } from "@aws-sdk/client-cloudfront";
import { CloudFrontClient, ListDistributionsCommand } from "@aws-sdk/client-cloudfront";
import type {
  DescribeLogGroupsCommandInput,
  DescribeResourcePoliciesCommandInput,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CloudWatchLogsClient,
  DescribeResourcePoliciesCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import type {
  GetAccountLimitCommandInput,
  GetHostedZoneCommandInput,
  ListHostedZonesByNameCommandInput,
} from "@aws-sdk/client-route-53";
import {
  GetAccountLimitCommand,
  GetHostedZoneCommand,
  ListHostedZonesByNameCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import type { GetSMSAttributesCommandInput, GetSMSSandboxAccountStatusCommandInput } from "@aws-sdk/client-sns";
import { GetSMSAttributesCommand, GetSMSSandboxAccountStatusCommand, SNSClient } from "@aws-sdk/client-sns";

import { zoneArn } from "../../../core/names.ts";
import { call, collect, everywhere, until } from "./call.ts";

/** Names, the CDN, messages and logs. */
export const EDGE_CALLS = {
  "route53:ListHostedZonesByName": call((input: ListHostedZonesByNameCommandInput, wire) =>
    new Route53Client(wire.options).send(new ListHostedZonesByNameCommand(input), until(wire)),
  ),
  "route53:GetHostedZone": call(
    (input: GetHostedZoneCommandInput, wire) =>
      new Route53Client(wire.options).send(new GetHostedZoneCommand(input), until(wire)),
    { absent: ["NoSuchHostedZone"], resources: () => [zoneArn("*")] },
  ),
  "route53:GetAccountLimit": call((input: GetAccountLimitCommandInput, wire) =>
    new Route53Client(wire.options).send(new GetAccountLimitCommand(input), until(wire)),
  ),
  "cloudfront:ListDistributions": call((input: ListDistributionsCommandInput, wire) =>
    new CloudFrontClient(wire.options).send(new ListDistributionsCommand(input), until(wire)),
  ),
  "sns:GetSMSSandboxAccountStatus": call((input: GetSMSSandboxAccountStatusCommandInput, wire) =>
    new SNSClient(wire.options).send(new GetSMSSandboxAccountStatusCommand(input), until(wire)),
  ),
  "sns:GetSMSAttributes": call((input: GetSMSAttributesCommandInput, wire) =>
    new SNSClient(wire.options).send(new GetSMSAttributesCommand(input), until(wire)),
  ),
  "logs:DescribeLogGroups": call(
    async (input: DescribeLogGroupsCommandInput, wire) => ({
      logGroups: await collect(
        paginateDescribeLogGroups({ client: new CloudWatchLogsClient(wire.options) }, input, until(wire)),
        (page) => page.logGroups,
      ),
    }),
    { resources: everywhere("logs", () => "log-group:*") },
  ),
  "logs:DescribeResourcePolicies": call((input: DescribeResourcePoliciesCommandInput, wire) =>
    new CloudWatchLogsClient(wire.options).send(new DescribeResourcePoliciesCommand(input), until(wire)),
  ),
} as const;
