import type {
  DescribeAddonVersionsCommandInput,
  DescribeClusterCommandInput,
  DescribeClusterVersionsCommandInput,
  ListClustersCommandInput,
} from "@aws-sdk/client-eks";
import {
  DescribeClusterCommand,
  EKSClient,
  paginateDescribeAddonVersions,
  paginateDescribeClusterVersions,
  paginateListClusters,
} from "@aws-sdk/client-eks";
import type {
  DescribeDocumentCommandInput,
  GetParameterCommandInput,
  GetServiceSettingCommandInput,
} from "@aws-sdk/client-ssm";
import { DescribeDocumentCommand, GetParameterCommand, GetServiceSettingCommand, SSMClient } from "@aws-sdk/client-ssm";

import { awsArn } from "../../../core/names.ts";
import { call, collect, inRegion, until } from "./call.ts";

/** Releases, add-ons, images and documents, clusters. */
export const CLUSTER_CALLS = {
  "eks:DescribeClusterVersions": call(async (input: DescribeClusterVersionsCommandInput, wire) => ({
    clusterVersions: await collect(
      paginateDescribeClusterVersions({ client: new EKSClient(wire.options) }, input, until(wire)),
      (page) => page.clusterVersions,
    ),
  })),
  "eks:DescribeAddonVersions": call(async (input: DescribeAddonVersionsCommandInput, wire) => ({
    addons: await collect(
      paginateDescribeAddonVersions({ client: new EKSClient(wire.options) }, input, until(wire)),
      (page) => page.addons,
    ),
  })),
  "eks:ListClusters": call(async (input: ListClustersCommandInput, wire) => ({
    clusters: await collect(
      paginateListClusters({ client: new EKSClient(wire.options) }, input, until(wire)),
      (page) => page.clusters,
    ),
  })),
  "eks:DescribeCluster": call(
    (input: DescribeClusterCommandInput, wire) =>
      new EKSClient(wire.options).send(new DescribeClusterCommand(input), until(wire)),
    { absent: ["ResourceNotFoundException"], resources: inRegion("eks", (name) => `cluster/${name}`) },
  ),
  "ssm:GetParameter": call(
    (input: GetParameterCommandInput, wire) =>
      new SSMClient(wire.options).send(new GetParameterCommand(input), until(wire)),
    {
      absent: ["ParameterNotFound"],
      resources: ({ region }) => [awsArn(region, "ssm", "parameter/aws/service/eks/*")],
    },
  ),
  "ssm:DescribeDocument": call(
    (input: DescribeDocumentCommandInput, wire) =>
      new SSMClient(wire.options).send(new DescribeDocumentCommand(input), until(wire)),
    { absent: ["InvalidDocument"], resources: inRegion("ssm", () => "document/SSM-SessionManagerRunShell") },
  ),
  "ssm:GetServiceSetting": call(
    (input: GetServiceSettingCommandInput, wire) =>
      new SSMClient(wire.options).send(new GetServiceSettingCommand(input), until(wire)),
    {
      absent: ["ServiceSettingNotFound"],
      resources: inRegion("ssm", () => "servicesetting/ssm/documents/console/public-sharing-permission"),
    },
  ),
} as const;
