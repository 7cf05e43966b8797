import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { Network } from "../network/network.ts";

export interface SecurityGroupsArgs {
  readonly clusterName: string;
  readonly network: Pick<Network, "vpcId" | "cidrBlock">;
}

/** The security groups between control plane and nodes, and what must exist before something uses them. */
export interface SecurityGroups {
  /** On the control plane's network interfaces. Who may call the API server is let in here. */
  readonly controlPlane: ec2.SecurityGroup;
  /** On every node, whoever starts it. Never attach it to a database: destroying would hang. */
  readonly nodes: ec2.SecurityGroup;
  /** All rules: they come before the cluster and leave after it, or a teardown loses its way in. */
  readonly rules: readonly pulumi.Resource[];
}

/** Where the control plane calls nodes and pods: the kubelet, and the webhooks and metrics of controllers. */
const CONTROL_PLANE_TO_NODES: Readonly<Record<string, { readonly port: number; readonly what: string }>> = {
  https: { port: 443, what: "webhooks on the standard port" },
  "metrics-legacy": { port: 4443, what: "metrics-server, former port" },
  adapter: { port: 6443, what: "metrics adapters" },
  webhooks: { port: 8443, what: "webhooks" },
  "balancer-webhook": { port: 9443, what: "webhooks of the load balancer controller" },
  kubelet: { port: 10_250, what: "kubelet: logs, exec, metrics" },
  metrics: { port: 10_251, what: "metrics-server" },
};

/**
 * What may flow between control plane and nodes. Nodes talk to each other on unprivileged ports and DNS; out of the
 * network they reach TLS only. Pods are held tighter by network policies.
 */
export function createSecurityGroups(
  name: string,
  { clusterName, network }: SecurityGroupsArgs,
  opts: pulumi.CustomResourceOptions,
): SecurityGroups {
  const controlPlane = new ec2.SecurityGroup(
    `${name}-control-plane`,
    {
      vpcId: network.vpcId,
      description: "API server of the cluster",
      revokeRulesOnDelete: true,
      tags: { Name: `${clusterName}-control-plane` },
    },
    opts,
  );
  const nodes = new ec2.SecurityGroup(
    `${name}-nodes`,
    {
      vpcId: network.vpcId,
      description: "Nodes of the cluster",
      // The load balancer controller adds rules of its own; they would block the deletion.
      revokeRulesOnDelete: true,
      // Karpenter finds the group of its nodes by the first tag, the load balancer controller by the second.
      tags: {
        Name: `${clusterName}-nodes`,
        "karpenter.sh/discovery": clusterName,
        [`kubernetes.io/cluster/${clusterName}`]: "owned",
      },
    },
    opts,
  );
  const rules = [
    ingress(`${name}-control-plane-nodes`, controlPlane, {
      from: nodes,
      ports: [443, 443],
      description: "Nodes and pods to the API server",
    }),
    ...Object.entries(CONTROL_PLANE_TO_NODES).map(([role, { port, what }]) =>
      ingress(`${name}-nodes-${role}`, nodes, {
        from: controlPlane,
        ports: [port, port],
        description: `Control plane to ${what}`,
      }),
    ),
    ingress(`${name}-nodes-dns-tcp`, nodes, { from: nodes, ports: [53, 53], description: "DNS between nodes" }),
    ingress(`${name}-nodes-dns-udp`, nodes, {
      from: nodes,
      ports: [53, 53],
      protocol: "udp",
      description: "DNS between nodes",
    }),
    ingress(`${name}-nodes-pods`, nodes, {
      from: nodes,
      ports: [1025, 65_535],
      description: "Pods on different nodes",
    }),
    ...allowOut(name, nodes, network),
  ];
  return { controlPlane, nodes, rules };
}

interface IngressSpec {
  readonly from: ec2.SecurityGroup;
  /** First and last port. */
  readonly ports: readonly [number, number];
  /** Absent: tcp. */
  readonly protocol?: "tcp" | "udp";
  readonly description: string;
}

function ingress(
  name: string,
  group: ec2.SecurityGroup,
  { from, ports, protocol = "tcp", description }: IngressSpec,
): pulumi.Resource {
  return new vpc.SecurityGroupIngressRule(
    name,
    {
      securityGroupId: group.id,
      referencedSecurityGroupId: from.id,
      ipProtocol: protocol,
      fromPort: ports[0],
      toPort: ports[1],
      description,
    },
    { parent: group },
  );
}

/** Inside the network everything; outside TLS, which registries, AWS and external services speak. */
function allowOut(name: string, nodes: ec2.SecurityGroup, network: SecurityGroupsArgs["network"]): pulumi.Resource[] {
  const parent = { parent: nodes };
  return [
    new vpc.SecurityGroupEgressRule(
      `${name}-nodes-network`,
      {
        securityGroupId: nodes.id,
        cidrIpv4: network.cidrBlock,
        ipProtocol: "-1",
        description: "Everything inside the network",
      },
      parent,
    ),
    new vpc.SecurityGroupEgressRule(
      `${name}-nodes-internet`,
      {
        securityGroupId: nodes.id,
        cidrIpv4: "0.0.0.0/0",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        description: "Registries, AWS and external services, TLS only",
      },
      parent,
    ),
  ];
}
