import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpcRules from "@pulumi/aws/vpc/index.js";

import type { Environment } from "../../config/environment.ts";
import type { NetworkSettings } from "../../config/network.ts";
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
export function createEndpoints(name: string, args: EndpointsArgs): void {
  createGatewayEndpoints(name, args);
  if (args.settings.interfaceEndpoints.length > 0) createInterfaceEndpoints(name, args);
}

function createGatewayEndpoints(name: string, { environment, vpc, routes }: EndpointsArgs): void {
  const { name: environmentName, region, accountId } = environment;
  const policies = { s3: s3EndpointPolicy(accountId), dynamodb: dynamodbEndpointPolicy(accountId) };
  for (const [service, policy] of Object.entries(policies)) {
    new ec2.VpcEndpoint(
      `${name}-${service}`,
      {
        vpcId: vpc.id,
        vpcEndpointType: "Gateway",
        serviceName: `com.amazonaws.${region}.${service}`,
        routeTableIds: [...routes.privateTables, routes.isolatedTable].map(({ id }) => id),
        policy,
        tags: { Name: `preflight-${environmentName}-${service}` },
      },
      { parent: vpc },
    );
  }
}

function createInterfaceEndpoints(name: string, args: EndpointsArgs): void {
  const { environment, settings, vpc, zones } = args;
  const firewall = createFirewall(`${name}-endpoints`, args);
  for (const service of settings.interfaceEndpoints) {
    const role = service.replaceAll(".", "-");
    new ec2.VpcEndpoint(
      `${name}-${role}`,
      {
        vpcId: vpc.id,
        vpcEndpointType: "Interface",
        serviceName: `com.amazonaws.${environment.region}.${service}`,
        privateDnsEnabled: true,
        subnetIds: zones.map(({ subnets }) => subnets.private.id),
        securityGroupIds: [firewall.id],
        ...(ENDPOINT_SERVICES[service].acceptsPolicy ? { policy: interfaceEndpointPolicy(service, environment.accountId) } : {}),
        tags: { Name: `preflight-${environment.name}-${role}` },
      },
      { parent: vpc },
    );
  }
}

/** Endpoints answer whoever is inside the network, over TLS, and call nobody. */
function createFirewall(role: string, { environment, settings, vpc }: EndpointsArgs): ec2.SecurityGroup {
  const firewall = new ec2.SecurityGroup(
    role,
    { vpcId: vpc.id, description: "Endpoints of AWS services", tags: { Name: `preflight-${environment.name}-endpoints` } },
    { parent: vpc },
  );
  new vpcRules.SecurityGroupIngressRule(
    role,
    { securityGroupId: firewall.id, cidrIpv4: settings.cidr, ipProtocol: "tcp", fromPort: 443, toPort: 443, description: "TLS from inside the network" },
    { parent: firewall },
  );
  return firewall;
}
