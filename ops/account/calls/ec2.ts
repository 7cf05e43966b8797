import type {
  DescribeAddressesCommandInput,
  DescribeAvailabilityZonesCommandInput,
  DescribeImagesCommandInput,
  DescribeInstancesCommandInput,
  DescribeInstanceTypeOfferingsCommandInput,
  DescribeInstanceTypesCommandInput,
  DescribeInternetGatewaysCommandInput,
  DescribeNatGatewaysCommandInput,
  DescribeRegionsCommandInput,
  DescribeVpcBlockPublicAccessOptionsCommandInput,
  DescribeVpcEndpointServicesCommandInput,
  DescribeVpcsCommandInput,
  GetAllowedImagesSettingsCommandInput,
  GetEbsEncryptionByDefaultCommandInput,
  GetImageBlockPublicAccessStateCommandInput,
  GetInstanceMetadataDefaultsCommandInput,
  GetSnapshotBlockPublicAccessStateCommandInput,
} from "@aws-sdk/client-ec2";
import {
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeImagesCommand,
  DescribeRegionsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  DescribeVpcEndpointServicesCommand,
  EC2Client,
  GetAllowedImagesSettingsCommand,
  GetEbsEncryptionByDefaultCommand,
  GetImageBlockPublicAccessStateCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSnapshotBlockPublicAccessStateCommand,
  paginateDescribeInstances,
  paginateDescribeInstanceTypeOfferings,
  paginateDescribeInstanceTypes,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeVpcs,
} from "@aws-sdk/client-ec2";

import { call, collect, until } from "./call.ts";

/** Zones, machines, networks and the region's own switches. None of these actions knows a resource to narrow to. */
export const EC2_CALLS = {
  "ec2:DescribeRegions": call((input: DescribeRegionsCommandInput, wire) =>
    new EC2Client(wire.options).send(new DescribeRegionsCommand(input), until(wire)),
  ),
  "ec2:DescribeAvailabilityZones": call((input: DescribeAvailabilityZonesCommandInput, wire) =>
    new EC2Client(wire.options).send(new DescribeAvailabilityZonesCommand(input), until(wire)),
  ),
  "ec2:DescribeImages": call((input: DescribeImagesCommandInput, wire) =>
    new EC2Client(wire.options).send(new DescribeImagesCommand(input), until(wire)),
  ),
  "ec2:DescribeInstanceTypeOfferings": call(async (input: DescribeInstanceTypeOfferingsCommandInput, wire) => ({
    InstanceTypeOfferings: await collect(
      paginateDescribeInstanceTypeOfferings({ client: new EC2Client(wire.options) }, input, until(wire)),
      (page) => page.InstanceTypeOfferings,
    ),
  })),
  "ec2:DescribeInstanceTypes": call(async (input: DescribeInstanceTypesCommandInput, wire) => ({
    InstanceTypes: await collect(
      paginateDescribeInstanceTypes({ client: new EC2Client(wire.options) }, input, until(wire)),
      (page) => page.InstanceTypes,
    ),
  })),
  "ec2:DescribeInstances": call(async (input: DescribeInstancesCommandInput, wire) => ({
    Reservations: await collect(
      paginateDescribeInstances({ client: new EC2Client(wire.options) }, input, until(wire)),
      (page) => page.Reservations,
    ),
  })),
  "ec2:DescribeVpcs": call(async (input: DescribeVpcsCommandInput, wire) => ({
    Vpcs: await collect(
      paginateDescribeVpcs({ client: new EC2Client(wire.options) }, input, until(wire)),
      (page) => page.Vpcs,
    ),
  })),
  "ec2:DescribeAddresses": call((input: DescribeAddressesCommandInput, wire) =>
    new EC2Client(wire.options).send(new DescribeAddressesCommand(input), until(wire)),
  ),
  "ec2:DescribeInternetGateways": call(async (input: DescribeInternetGatewaysCommandInput, wire) => ({
    InternetGateways: await collect(
      paginateDescribeInternetGateways({ client: new EC2Client(wire.options) }, input, until(wire)),
      (page) => page.InternetGateways,
    ),
  })),
  "ec2:DescribeNatGateways": call(async (input: DescribeNatGatewaysCommandInput, wire) => ({
    NatGateways: await collect(
      paginateDescribeNatGateways({ client: new EC2Client(wire.options) }, input, until(wire)),
      (page) => page.NatGateways,
    ),
  })),
  "ec2:DescribeVpcEndpointServices": call(
    (input: DescribeVpcEndpointServicesCommandInput, wire) =>
      new EC2Client(wire.options).send(new DescribeVpcEndpointServicesCommand(input), until(wire)),
    { absent: ["InvalidServiceName"] },
  ),
  "ec2:DescribeVpcBlockPublicAccessOptions": call((input: DescribeVpcBlockPublicAccessOptionsCommandInput, wire) =>
    new EC2Client(wire.options).send(new DescribeVpcBlockPublicAccessOptionsCommand(input), until(wire)),
  ),
  "ec2:GetAllowedImagesSettings": call((input: GetAllowedImagesSettingsCommandInput, wire) =>
    new EC2Client(wire.options).send(new GetAllowedImagesSettingsCommand(input), until(wire)),
  ),
  "ec2:GetEbsEncryptionByDefault": call((input: GetEbsEncryptionByDefaultCommandInput, wire) =>
    new EC2Client(wire.options).send(new GetEbsEncryptionByDefaultCommand(input), until(wire)),
  ),
  "ec2:GetSnapshotBlockPublicAccessState": call((input: GetSnapshotBlockPublicAccessStateCommandInput, wire) =>
    new EC2Client(wire.options).send(new GetSnapshotBlockPublicAccessStateCommand(input), until(wire)),
  ),
  "ec2:GetImageBlockPublicAccessState": call((input: GetImageBlockPublicAccessStateCommandInput, wire) =>
    new EC2Client(wire.options).send(new GetImageBlockPublicAccessStateCommand(input), until(wire)),
  ),
  "ec2:GetInstanceMetadataDefaults": call((input: GetInstanceMetadataDefaultsCommandInput, wire) =>
    new EC2Client(wire.options).send(new GetInstanceMetadataDefaultsCommand(input), until(wire)),
  ),
} as const;
