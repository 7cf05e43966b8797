import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpcRules from "@pulumi/aws/vpc/index.js";

import type { Environment } from "../../config/blocks/environment.ts";
import type { NetworkSettings } from "../../config/blocks/network.ts";
import { nameOf } from "../../core/names.ts";
import { ENDPOINT_SERVICES } from "../../standards/network.ts";
import { dynamodbEndpointPolicy, interfaceEndpointPolicy, s3EndpointPolicy } from "./endpoint-policies.ts";
import type { Routes } from "./routes.ts";
import type { Zone } from "./subnets.ts";

export interface EndpointsArgs {
  readonly environment: Environment;
  readonly settings: NetworkSettings;
  readonly vpc: ec2.Vpc;
  readonly zones: readonly Zone[];
  readonly routes: Pick<Routes, "privateTables" | "isolatedTable">;
}

/**
 * AWS' own services without a way over the internet: S3 and DynamoDB by a route, which costs nothing, the others by
 * addresses in the private subnets under the names that programs know already.
 */
export function createEndpoints(name: string, args: EndpointsArgs): ec2.VpcEndpoint[] {
  const interfaces = args.settings.interfaceEndpoints.length > 0 ? createInterfaceEndpoints(name, args) : [];
  return [...createGatewayEndpoints(name, args), ...interfaces];
}

function createGatewayEndpoints(name: string, { environment, vpc, routes }: EndpointsArgs): ec2.VpcEndpoint[] {
  const { region, accountId } = environment;
  const policies = { s3: s3EndpointPolicy(accountId), dynamodb: dynamodbEndpointPolicy(accountId) };
  return Object.entries(policies).map(
    ([service, policy]) =>
      new ec2.VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId: vpc.id,
          vpcEndpointType: "Gateway",
          serviceName: `com.amazonaws.${region}.${service}`,
          routeTableIds: [...routes.privateTables, routes.isolatedTable].map(({ id }) => id),
          policy,
          tags: { Name: nameOf(environment, service) },
        },
        { parent: vpc, retainOnDelete: false },
      ),
  );
}

function createInterfaceEndpoints(name: string, args: EndpointsArgs): ec2.VpcEndpoint[] {
  const { environment, settings, vpc, zones } = args;
  const { group, rule } = createSecurityGroup(`${name}-endpoints`, args);
  return settings.interfaceEndpoints.map((service) => {
    const role = service.replaceAll(".", "-");
    return new ec2.VpcEndpoint(
      `${name}-${role}`,
      {
        vpcId: vpc.id,
        vpcEndpointType: "Interface",
        serviceName: `com.amazonaws.${environment.region}.${service}`,
        privateDnsEnabled: true,
        subnetIds: zones.map(({ subnets }) => subnets.private.id),
        securityGroupIds: [group.id],
        ...(ENDPOINT_SERVICES[service].acceptsPolicy
          ? { policy: interfaceEndpointPolicy(service, environment.accountId) }
          : {}),
        tags: { Name: nameOf(environment, role) },
      },
      // An endpoint whose name resolves but that lets nobody in is worse than none.
      { parent: vpc, retainOnDelete: false, dependsOn: [rule] },
    );
  });
}

interface EndpointSecurityGroup {
  readonly group: ec2.SecurityGroup;
  readonly rule: vpcRules.SecurityGroupIngressRule;
}

/** Endpoints answer whoever is inside the network, over TLS, and call nobody. */
function createSecurityGroup(role: string, { environment, settings, vpc }: EndpointsArgs): EndpointSecurityGroup {
  const group = new ec2.SecurityGroup(
    role,
    {
      vpcId: vpc.id,
      description: "Endpoints of AWS services",
      tags: { Name: nameOf(environment, "endpoints") },
    },
    { parent: vpc, retainOnDelete: false },
  );
  const rule = new vpcRules.SecurityGroupIngressRule(
    role,
    {
      securityGroupId: group.id,
      cidrIpv4: settings.cidr,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      description: "TLS from inside the network",
    },
    { parent: group },
  );
  return { group, rule };
}
