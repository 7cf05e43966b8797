import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Network } from "../../../components/network/network.ts";
import type { NetworkSettings } from "../../../config/blocks/network.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const SETTINGS: NetworkSettings = {
  cidr: "10.20.0.0/16",
  zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
  natGateways: "perZone",
  interfaceEndpoints: ["ecr.api", "eks-auth", "sts"],
  flowLogs: { retentionDays: 365, aggregationSeconds: 60 },
};
const KEYS = { arns: { logs: pulumi.output("arn:aws:kms:eu-west-1:111122223333:key/logs") } };
const EVERYWHERE = "0.0.0.0/0";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

let network: Network | undefined;
let all: Registered[] = [];

function deployWith(settings: NetworkSettings): Promise<Registered[]> {
  return deploy(() => {
    network = new Network("network", { environment: ENVIRONMENT, settings, keys: KEYS });
  });
}

/** The routes of the table with which a subnet is associated. */
function routesOf(subnet: string): Registered[] {
  const association = only(all, "aws:ec2/routeTableAssociation:RouteTableAssociation", subnet);
  return ofType(all, "aws:ec2/route:Route").filter(
    ({ inputs }) => inputs["routeTableId"] === association.inputs["routeTableId"],
  );
}

const letters = ["a", "b", "c"];
const documentOf = (resource: Registered, property: string) => JSON.parse(String(resource.inputs[property]));

beforeAll(async () => {
  all = await deployWith(SETTINGS);
});

describe("a network over three zones", () => {
  it("consists of three subnets, a private table and a NAT gateway for each zone, and the parts they share", () => {
    const counts = Object.groupBy(all, ({ type }) => type.split(":").at(-1) ?? type);
    expect(Object.fromEntries(Object.entries(counts).map(([type, list]) => [type, list?.length]))).toEqual({
      Network: 1,
      Vpc: 1,
      DefaultSecurityGroup: 1,
      DefaultRouteTable: 1,
      DefaultNetworkAcl: 1,
      Subnet: 9,
      NetworkAcl: 3,
      InternetGateway: 1,
      RouteTable: 5,
      Route: 4,
      RouteTableAssociation: 9,
      Eip: 3,
      NatGateway: 3,
      VpcEndpoint: 5,
      SecurityGroup: 1,
      SecurityGroupIngressRule: 1,
      LogGroup: 1,
      Role: 1,
      RolePolicy: 1,
      FlowLog: 1,
    });
  });

  it("publishes its parts in the order of the zones", async () => {
    expect(network?.zones).toEqual(SETTINGS.zones);
    expect(network?.privateCidrBlocks).toEqual(["10.20.0.0/19", "10.20.32.0/19", "10.20.64.0/19"]);
    const subnetIds = [network?.publicSubnetIds, network?.privateSubnetIds, network?.isolatedSubnetIds].flatMap(
      (ids) => ids ?? [],
    );
    const ids = await Promise.all(
      [...subnetIds, ...(network?.natPublicIps ?? [])].map(
        (id) =>
          new Promise((resolve) => {
            id.apply(resolve);
          }),
      ),
    );
    expect(new Set(ids).size).toBe(12);
  });

  it("leads public subnets to the internet gateway", () => {
    for (const letter of letters)
      expect(routesOf(`network-public-${letter}`).map(({ inputs }) => inputs["gatewayId"])).toEqual([
        expect.any(String),
      ]);
  });

  it("never leads a private subnet to the internet gateway, and each out through its own zone", () => {
    const gateways = letters.map((letter) => {
      const [route, ...others] = routesOf(`network-private-${letter}`);
      expect(others).toEqual([]);
      expect(route?.inputs).not.toHaveProperty("gatewayId");
      expect(route?.dependsOn).toContain(`network-nat-${letter}`);
      return route?.inputs["natGatewayId"];
    });
    expect(new Set(gateways).size).toBe(3);
  });

  it("leads isolated subnets nowhere", () => {
    for (const letter of letters) expect(routesOf(`network-isolated-${letter}`)).toEqual([]);
  });

  it("makes gateways after the way to the internet, and keeps their addresses", () => {
    for (const { dependsOn } of ofType(all, "aws:ec2/natGateway:NatGateway"))
      expect(dependsOn).toContain("network-public");
    expect(ofType(all, "aws:ec2/eip:Eip").every(({ protect }) => protect)).toBe(true);
  });

  it("hands out no public address by itself", () => {
    expect(ofType(all, "aws:ec2/subnet:Subnet").every(({ inputs }) => inputs["mapPublicIpOnLaunch"] === false)).toBe(
      true,
    );
  });

  it("lets controllers find the subnets meant for them, and only those", () => {
    const tagged = (tag: string, value: string) =>
      ofType(all, "aws:ec2/subnet:Subnet")
        .filter(({ inputs }) => JSON.stringify(inputs["tags"]).includes(`"${tag}":"${value}"`))
        .map(({ name }) => name);
    expect(tagged("kubernetes.io/role/elb", "1")).toEqual(letters.map((letter) => `network-public-${letter}`));
    expect(tagged("kubernetes.io/role/internal-elb", "1")).toEqual(
      letters.map((letter) => `network-private-${letter}`),
    );
    expect(tagged("karpenter.sh/discovery", "preflight-staging")).toEqual(
      letters.map((letter) => `network-private-${letter}`),
    );
  });

  it("closes what AWS would use where nobody chose", () => {
    expect(only(all, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs).toMatchObject({
      ingress: [],
      egress: [],
    });
    expect(only(all, "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl").inputs).toMatchObject({ ingress: [], egress: [] });
    expect(only(all, "aws:ec2/defaultRouteTable:DefaultRouteTable").inputs).toMatchObject({ routes: [] });
  });
});

describe("the access lists", () => {
  const list = (tier: string) => only(all, "aws:ec2/networkAcl:NetworkAcl", `network-${tier}`);
  /** [protocol, first port, last port] of what comes in from everywhere. */
  const open = (tier: string) => {
    const { ingress } = list(tier).inputs;
    return Array.isArray(ingress)
      ? ingress
          .filter(({ cidrBlock }) => cidrBlock === EVERYWHERE)
          .map(({ protocol, fromPort, toPort }) => [protocol, fromPort, toPort])
      : [];
  };
  const ANSWERS = [
    ["tcp", 1024, 3388],
    ["tcp", 3390, 65535],
    ["icmp", 0, 0],
  ];

  it("cover every subnet of their tier", () => {
    for (const tier of ["public", "private", "isolated"])
      expect(list(tier).dependsOn).toEqual(
        expect.arrayContaining(letters.map((letter) => `network-${tier}-${letter}`)),
      );
  });

  it("let in answers, and requests to the public tier alone", () => {
    expect(open("public")).toEqual([["tcp", 80, 80], ["tcp", 443, 443], ...ANSWERS]);
    expect(open("private")).toEqual(ANSWERS);
    expect(open("isolated")).toEqual(ANSWERS);
  });

  it("let nothing but TLS out of the isolated tier", () => {
    expect(list("isolated").inputs["egress"]).toEqual([
      { ruleNo: 100, action: "allow", protocol: "-1", cidrBlock: "10.20.0.0/16", fromPort: 0, toPort: 0 },
      { ruleNo: 110, action: "allow", protocol: "tcp", cidrBlock: EVERYWHERE, fromPort: 443, toPort: 443 },
    ]);
  });
});

describe("the endpoints", () => {
  it("are on the routes of private and isolated subnets for S3 and DynamoDB, not on the public ones", () => {
    for (const service of ["s3", "dynamodb"]) {
      const endpoint = only(all, ENDPOINT, `network-${service}`);
      expect(endpoint.inputs).toMatchObject({
        vpcEndpointType: "Gateway",
        serviceName: `com.amazonaws.eu-west-1.${service}`,
      });
      expect(endpoint.dependsOn).toEqual(
        expect.arrayContaining(["network-isolated", ...letters.map((letter) => `network-private-${letter}`)]),
      );
      expect(endpoint.inputs["routeTableIds"]).toHaveLength(4);
    }
  });

  it("answer under the services' usual names in every zone, to TLS from inside only", () => {
    for (const service of ["ecr-api", "eks-auth", "sts"]) {
      expect(only(all, ENDPOINT, `network-${service}`).inputs).toMatchObject({
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
      });
      expect(only(all, ENDPOINT, `network-${service}`).inputs["subnetIds"]).toHaveLength(3);
    }
    expect(only(all, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").inputs).toMatchObject({
      cidrIpv4: "10.20.0.0/16",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    expect(only(all, "aws:ec2/securityGroup:SecurityGroup").inputs).not.toHaveProperty("egress");
  });

  it("serve this account's principals, and nobody without a condition but readers of public images", () => {
    const account = "111122223333";
    expect(documentOf(only(all, ENDPOINT, "network-ecr-api"), "policy").Statement).toEqual([
      expect.objectContaining({ Condition: { StringEquals: { "aws:PrincipalAccount": account } } }),
    ]);
    expect(documentOf(only(all, ENDPOINT, "network-s3"), "policy").Statement).toEqual([
      expect.objectContaining({
        Condition: { StringEquals: { "aws:PrincipalAccount": account, "aws:ResourceAccount": account } },
      }),
      expect.objectContaining({ Action: "s3:GetObject" }),
    ]);
  });

  it("let the pipeline's jobs become a role of this account, for which they have no identity yet", () => {
    expect(documentOf(only(all, ENDPOINT, "network-sts"), "policy").Statement).toContainEqual(
      expect.objectContaining({
        Action: "sts:AssumeRoleWithWebIdentity",
        Resource: "arn:aws:iam::111122223333:role/*",
      }),
    );
  });

  it("have no policy where AWS takes none", () => {
    expect(only(all, ENDPOINT, "network-eks-auth").inputs).not.toHaveProperty("policy");
  });
});

describe("the flow logs", () => {
  it("record everything, encrypted and protected, and only after they may write", () => {
    const log = only(all, "aws:ec2/flowLog:FlowLog");
    expect(log.inputs).toMatchObject({ trafficType: "ALL", maxAggregationInterval: 60 });
    expect(log.inputs["logFormat"]).toMatch(/^\$\{version\} .*\$\{pkt-srcaddr\} /);
    expect(log.dependsOn).toContain("network-flow-logs");
    const group = only(all, "aws:cloudwatch/logGroup:LogGroup");
    expect(group).toMatchObject({
      protect: true,
      retainOnDelete: true,
      inputs: { retentionInDays: 365, kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/logs" },
    });
  });

  it("are written in a role for this account's flow logs that reaches this one group", () => {
    expect(documentOf(only(all, "aws:iam/role:Role"), "assumeRolePolicy").Statement[0].Condition).toEqual({
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": "arn:aws:ec2:eu-west-1:111122223333:vpc-flow-log/*" },
    });
    const [statement, ...others] = documentOf(only(all, "aws:iam/rolePolicy:RolePolicy"), "policy").Statement;
    expect(others).toEqual([]);
    expect(statement.Resource).toHaveLength(2);
    expect(statement.Resource).not.toContain("*");
  });
});
