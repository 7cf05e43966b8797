import type * as eks from "@pulumi/aws/eks/index.js";
import type { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterSettings } from "../../config/blocks/cluster/cluster.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { formatIpv4Cidr, parseIpv4Cidr } from "../../core/cidr.ts";
import { nameOf } from "../../core/names.ts";
import type { Keys } from "../keys/keys.ts";
import type { Network } from "../network/network.ts";
import { inClusterOptions } from "../shared/kubernetes/in-cluster-options.ts";
import { createAccess } from "./access.ts";
import { createAddonsBeforeNodes, createAddonsOnNodes } from "./addons.ts";
import { createControlPlane } from "./control-plane.ts";
import { createKubernetesProvider } from "./kubernetes-provider.ts";
import { createNodeGroups, createNodeRole } from "./node-groups.ts";
import { createSecurityGroups } from "./security-groups.ts";
import { createStorageClass } from "./storage.ts";

export interface ClusterArgs {
  readonly environment: Environment;
  readonly settings: ClusterSettings;
  /** Nodes live in the private subnets, the control plane's interfaces in the isolated ones. */
  readonly network: Pick<
    Network,
    "vpcId" | "cidrBlock" | "privateSubnetIds" | "isolatedSubnetIds" | "isolatedCidrBlocks" | "ready"
  >;
  readonly keys: Pick<Keys<"cluster" | "logs" | "sessions" | "volumes">, "arns">;
}

/**
 * An EKS cluster with a private API server, encrypted secrets, all control-plane logs, access by entries alone, pinned
 * add-ons and managed nodes over all zones. Deleting it takes two deliberate steps: Pulumi's protection, then EKS' own.
 * Cost: the control plane by the hour, and the nodes.
 */
export class Cluster extends pulumi.ComponentResource {
  /** Name in AWS, `<prefix>-<environment>`. */
  readonly name: pulumi.Output<string>;
  /** Address of the API server. */
  readonly endpoint: pulumi.Output<string>;
  /** Certificate authority of the API server, base64. */
  readonly certificateAuthority: pulumi.Output<string>;
  /** Issuer of the cluster's own tokens. Pods use Pod Identity; this is for outsiders that verify such tokens. */
  readonly oidcIssuerUrl: pulumi.Output<string>;
  /** Group of every node, whoever starts it. */
  readonly nodeSecurityGroupId: pulumi.Output<string>;
  /** Group of the API server: who may call it is let in here. */
  readonly clusterSecurityGroupId: pulumi.Output<string>;
  /** Role of every node, for those that are started by others than the managed groups. */
  readonly nodeRoleArn: pulumi.Output<string>;
  readonly nodeRoleName: pulumi.Output<string>;
  /** Where pods find the API server, as blocks for network policies: its service, and its interfaces behind it. */
  readonly apiServerCidrs: readonly string[];
  /** Provider for everything inside the cluster. */
  readonly kubernetes: Provider;
  /** What everything inside the cluster depends on: the deployer's access, nodes, name service, volumes. */
  readonly ready: pulumi.Resource[];
  /** Options for components inside the cluster: the provider, and the dependency on {@link ready} of each of their objects. */
  readonly inClusterOptions: pulumi.ComponentResourceOptions;
  /** For `deletedWith` of objects that own nothing in AWS: they need not be deleted one by one. */
  readonly controlPlane: eks.Cluster;

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:cluster:Cluster", name, {}, opts);
    const child = { parent: this };
    const { environment, settings, network, keys } = args;

    const securityGroups = createSecurityGroups(name, { clusterName: nameOf(environment), network }, child);
    const cluster = createControlPlane(name, { environment, settings, network, keys, securityGroups }, child);
    const deployer = createAccess(name, { clusterName: cluster.name, settings }, child);

    const addons = { environment, cluster, versions: settings.addons, keys };
    const addonsBeforeNodes = createAddonsBeforeNodes(name, addons, child);
    const { role, attachments } = createNodeRole(name, { environment, keys }, child);
    const nodes = createNodeGroups(
      name,
      {
        environment,
        clusterName: cluster.name,
        kubernetesVersion: settings.kubernetesVersion,
        groups: settings.nodeGroups,
        network,
        keys,
        securityGroupId: securityGroups.nodes.id,
        roleArn: role.arn,
        // The way out of the network stays until the last node is gone: controllers clean up in AWS through it.
        dependsOn: [...network.ready, ...attachments, ...addonsBeforeNodes],
      },
      child,
    );
    const { essential } = createAddonsOnNodes(name, addons, nodes, child);

    this.name = cluster.name;
    this.endpoint = cluster.endpoint;
    this.certificateAuthority = cluster.certificateAuthority.data;
    this.oidcIssuerUrl = cluster.identities.apply(issuerOf);
    this.nodeSecurityGroupId = securityGroups.nodes.id;
    this.clusterSecurityGroupId = securityGroups.controlPlane.id;
    this.nodeRoleArn = role.arn;
    this.nodeRoleName = role.name;
    this.apiServerCidrs = [apiServiceBlock(settings.serviceCidr), ...network.isolatedCidrBlocks];
    this.controlPlane = cluster;
    this.kubernetes = createKubernetesProvider(
      name,
      {
        clusterName: this.name,
        endpoint: this.endpoint,
        certificateAuthority: this.certificateAuthority,
        region: environment.region,
      },
      child,
    );
    this.ready = [deployer, ...nodes, ...essential];
    this.inClusterOptions = inClusterOptions(this.kubernetes, this.ready);
    createStorageClass(name, { kubernetes: this.kubernetes, keys, deletedWith: cluster, dependsOn: this.ready }, child);
    this.registerOutputs({ name: this.name, endpoint: this.endpoint, oidcIssuerUrl: this.oidcIssuerUrl });
  }
}

function issuerOf(identities: readonly { readonly oidcs?: readonly { readonly issuer?: string }[] }[]): string {
  const issuer = identities[0]?.oidcs?.[0]?.issuer;
  if (issuer === undefined) throw new Error("EKS reported no issuer of tokens for the cluster");
  return issuer;
}

/** The API server's own service, as a block: Kubernetes gives it the first address that can be given away. */
function apiServiceBlock(serviceCidr: string): string {
  const services = parseIpv4Cidr(serviceCidr);
  if (services === undefined) throw new Error(`"${serviceCidr}" is no IPv4 block`);
  return formatIpv4Cidr({ first: services.first + 1, prefixLength: 32 });
}
