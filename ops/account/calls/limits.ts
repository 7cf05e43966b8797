import type { ListSourceCredentialsCommandInput } from "@aws-sdk/client-codebuild";
import { CodeBuildClient, ListSourceCredentialsCommand } from "@aws-sdk/client-codebuild";
import type {
  GetAnomalyMonitorsCommandInput,
  GetCostAndUsageCommandInput,
  ListCostAllocationTagsCommandInput,
} from "@aws-sdk/client-cost-explorer";
import {
  CostExplorerClient,
  GetAnomalyMonitorsCommand,
  GetCostAndUsageCommand,
  ListCostAllocationTagsCommand,
} from "@aws-sdk/client-cost-explorer";
import type { GetAccountSettingsCommandInput } from "@aws-sdk/client-lambda";
import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type {
  GetAWSDefaultServiceQuotaCommandInput,
  GetServiceQuotaCommandInput,
} from "@aws-sdk/client-service-quotas";
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";

import { call, until } from "./call.ts";

/** Quotas, and what the account pays for. */
export const LIMITS_CALLS = {
  "servicequotas:GetServiceQuota": call(
    (input: GetServiceQuotaCommandInput, wire) =>
      new ServiceQuotasClient(wire.options).send(new GetServiceQuotaCommand(input), until(wire)),
    { absent: ["NoSuchResourceException"] },
  ),
  "servicequotas:GetAWSDefaultServiceQuota": call(
    (input: GetAWSDefaultServiceQuotaCommandInput, wire) =>
      new ServiceQuotasClient(wire.options).send(new GetAWSDefaultServiceQuotaCommand(input), until(wire)),
    { absent: ["NoSuchResourceException"] },
  ),
  "lambda:GetAccountSettings": call((input: GetAccountSettingsCommandInput, wire) =>
    new LambdaClient(wire.options).send(new GetAccountSettingsCommand(input), until(wire)),
  ),
  "codebuild:ListSourceCredentials": call((input: ListSourceCredentialsCommandInput, wire) =>
    new CodeBuildClient(wire.options).send(new ListSourceCredentialsCommand(input), until(wire)),
  ),
  "ce:GetCostAndUsage": call(
    (input: GetCostAndUsageCommandInput, wire) =>
      new CostExplorerClient(wire.options).send(new GetCostAndUsageCommand(input), until(wire)),
    { absent: ["DataUnavailableException"] },
  ),
  "ce:GetAnomalyMonitors": call((input: GetAnomalyMonitorsCommandInput, wire) =>
    new CostExplorerClient(wire.options).send(new GetAnomalyMonitorsCommand(input), until(wire)),
  ),
  "ce:ListCostAllocationTags": call((input: ListCostAllocationTagsCommandInput, wire) =>
    new CostExplorerClient(wire.options).send(new ListCostAllocationTagsCommand(input), until(wire)),
  ),
} as const;
