import type { ListAnalyzersCommandInput } from "@aws-sdk/client-accessanalyzer";
import { AccessAnalyzerClient, paginateListAnalyzers } from "@aws-sdk/client-accessanalyzer";
import type { DescribeTrailsCommandInput } from "@aws-sdk/client-cloudtrail";
import { CloudTrailClient, DescribeTrailsCommand } from "@aws-sdk/client-cloudtrail";
import type {
  DescribeConfigurationRecordersCommandInput,
  DescribeDeliveryChannelsCommandInput,
} from "@aws-sdk/client-config-service";
import {
  ConfigServiceClient,
  DescribeConfigurationRecordersCommand,
  DescribeDeliveryChannelsCommand,
} from "@aws-sdk/client-config-service";
import type {
  DescribeImagesCommandInput,
  DescribeRegistryCommandInput,
  DescribeRepositoriesCommandInput,
  GetRegistryPolicyCommandInput,
  GetRegistryScanningConfigurationCommandInput,
} from "@aws-sdk/client-ecr";
import {
  DescribeRegistryCommand,
  ECRClient,
  GetRegistryPolicyCommand,
  GetRegistryScanningConfigurationCommand,
  paginateDescribeImages,
  paginateDescribeRepositories,
} from "@aws-sdk/client-ecr";
import type { GetDetectorCommandInput, ListDetectorsCommandInput } from "@aws-sdk/client-guardduty";
import { GetDetectorCommand, GuardDutyClient, paginateListDetectors } from "@aws-sdk/client-guardduty";
import type { BatchGetAccountStatusCommandInput } from "@aws-sdk/client-inspector2";
import { BatchGetAccountStatusCommand, Inspector2Client } from "@aws-sdk/client-inspector2";
import type { DescribeHubCommandInput } from "@aws-sdk/client-securityhub";
import { DescribeHubCommand, SecurityHubClient } from "@aws-sdk/client-securityhub";

import { call, collect, inRegion, until } from "./call.ts";

/** What watches the account: it is there once an account or region, whoever made it. */
export const AUDIT_CALLS = {
  "config:DescribeConfigurationRecorders": call((input: DescribeConfigurationRecordersCommandInput, wire) =>
    new ConfigServiceClient(wire.options).send(new DescribeConfigurationRecordersCommand(input), until(wire)),
  ),
  "config:DescribeDeliveryChannels": call((input: DescribeDeliveryChannelsCommandInput, wire) =>
    new ConfigServiceClient(wire.options).send(new DescribeDeliveryChannelsCommand(input), until(wire)),
  ),
  "guardduty:ListDetectors": call(async (input: ListDetectorsCommandInput, wire) => ({
    DetectorIds: await collect(
      paginateListDetectors({ client: new GuardDutyClient(wire.options) }, input, until(wire)),
      (page) => page.DetectorIds,
    ),
  })),
  "guardduty:GetDetector": call(
    (input: GetDetectorCommandInput, wire) =>
      new GuardDutyClient(wire.options).send(new GetDetectorCommand(input), until(wire)),
    { resources: inRegion("guardduty", () => "detector/*") },
  ),
  "securityhub:DescribeHub": call(
    (input: DescribeHubCommandInput, wire) =>
      new SecurityHubClient(wire.options).send(new DescribeHubCommand(input), until(wire)),
    {
      absent: ["InvalidAccessException", "ResourceNotFoundException"],
      resources: inRegion("securityhub", () => "hub/default"),
    },
  ),
  "access-analyzer:ListAnalyzers": call(async (input: ListAnalyzersCommandInput, wire) => ({
    analyzers: await collect(
      paginateListAnalyzers({ client: new AccessAnalyzerClient(wire.options) }, input, until(wire)),
      (page) => page.analyzers,
    ),
  })),
  "cloudtrail:DescribeTrails": call((input: DescribeTrailsCommandInput, wire) =>
    new CloudTrailClient(wire.options).send(new DescribeTrailsCommand(input), until(wire)),
  ),
  "inspector2:BatchGetAccountStatus": call((input: BatchGetAccountStatusCommandInput, wire) =>
    new Inspector2Client(wire.options).send(new BatchGetAccountStatusCommand(input), until(wire)),
  ),
  "ecr:GetRegistryPolicy": call(
    (input: GetRegistryPolicyCommandInput, wire) =>
      new ECRClient(wire.options).send(new GetRegistryPolicyCommand(input), until(wire)),
    { absent: ["RegistryPolicyNotFoundException"] },
  ),
  "ecr:GetRegistryScanningConfiguration": call((input: GetRegistryScanningConfigurationCommandInput, wire) =>
    new ECRClient(wire.options).send(new GetRegistryScanningConfigurationCommand(input), until(wire)),
  ),
  "ecr:DescribeRegistry": call((input: DescribeRegistryCommandInput, wire) =>
    new ECRClient(wire.options).send(new DescribeRegistryCommand(input), until(wire)),
  ),
  "ecr:DescribeImages": call(
    async (input: DescribeImagesCommandInput, wire) => ({
      imageDetails: await collect(
        paginateDescribeImages({ client: new ECRClient(wire.options) }, input, until(wire)),
        (page) => page.imageDetails,
      ),
    }),
    {
      absent: ["ImageNotFoundException", "RepositoryNotFoundException"],
      resources: inRegion("ecr", () => "repository/*"),
    },
  ),
  "ecr:DescribeRepositories": call(
    async (input: DescribeRepositoriesCommandInput, wire) => ({
      repositories: await collect(
        paginateDescribeRepositories({ client: new ECRClient(wire.options) }, input, until(wire)),
        (page) => page.repositories,
      ),
    }),
    { resources: inRegion("ecr", () => "repository/*") },
  ),
} as const;
