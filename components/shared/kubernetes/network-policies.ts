import * as networking from "@pulumi/kubernetes/networking/v1/index.js";
import type * as pulumi from "@pulumi/pulumi";

type Labels = Readonly<Record<string, string>>;

interface Port {
  readonly protocol: "TCP" | "UDP";
  readonly port: number;
}

/** One way in: from these peers to these ports of the selected pods. */
export interface IngressRule {
  readonly from: readonly Peer[];
  readonly ports: readonly Port[];
}

/** One way out: from the selected pods to these ports of these peers. */
export interface EgressRule {
  readonly to: readonly Peer[];
  readonly ports: readonly Port[];
}

type Peer =
  | { readonly ipBlock: { readonly cidr: string; readonly except?: string[] } }
  | {
      readonly namespaceSelector?: { readonly matchLabels: Labels };
      readonly podSelector?: { readonly matchLabels: Labels };
    };

export interface NetworkPolicyArgs {
  readonly namespace: pulumi.Input<string>;
  /** Name of the object in the cluster. */
  readonly policyName: string;
  /** The pods whose traffic is ruled; none: all pods of the namespace. */
  readonly podLabels?: Labels;
  /** Ingress; absent: the policy says nothing of them, and what the default denies stays denied. */
  readonly ingress?: readonly IngressRule[];
  /** Egress; absent: as above. */
  readonly egress?: readonly EgressRule[];
}

/** A policy that allows traffic. Policies add up; what none allows is denied by the namespace's {@link denyAll}. */
export function allow(
  name: string,
  args: NetworkPolicyArgs,
  opts: pulumi.CustomResourceOptions,
): networking.NetworkPolicy {
  const { namespace, policyName, podLabels, ingress, egress } = args;
  return new networking.NetworkPolicy(
    name,
    {
      metadata: { name: policyName, namespace },
      spec: {
        podSelector: podLabels === undefined ? {} : { matchLabels: podLabels },
        policyTypes: [...(ingress === undefined ? [] : ["Ingress"]), ...(egress === undefined ? [] : ["Egress"])],
        ...(ingress === undefined
          ? {}
          : { ingress: ingress.map(({ from, ports }) => ({ from: [...from], ports: [...ports] })) }),
        ...(egress === undefined
          ? {}
          : { egress: egress.map(({ to, ports }) => ({ to: [...to], ports: [...ports] })) }),
      },
    },
    opts,
  );
}

/** Shuts every way in and out of every pod of a namespace, until other policies open some. */
export function denyAll(
  name: string,
  namespace: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): networking.NetworkPolicy {
  return new networking.NetworkPolicy(
    name,
    { metadata: { name: "default-deny", namespace }, spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
    opts,
  );
}

const tcp = (port: number): Port => ({ protocol: "TCP", port });
const block = (cidr: string): Peer => ({ ipBlock: { cidr } });

/** Every namespace carries this label with its own name; Kubernetes sets it. */
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } });

/**
 * Where the Pod Identity agent answers on every node, and on which port.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 */
const POD_IDENTITY_AGENT = { cidr: "169.254.170.23/32", port: 80 } as const;

/** To the cluster's name service. */
export function toDns(): EgressRule {
  return {
    to: [{ ...inNamespace("kube-system"), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }],
    ports: [{ protocol: "UDP", port: 53 }, tcp(53)],
  };
}

/** To the node's Pod Identity agent, which hands out credentials for AWS. It gives none to a pod without an association. */
export function toPodIdentityAgent(): EgressRule {
  return { to: [block(POD_IDENTITY_AGENT.cidr)], ports: [tcp(POD_IDENTITY_AGENT.port)] };
}

/**
 * To a database or cache, by the blocks of the isolated subnets: policies cannot name hosts, and an address changes with
 * a failover. The data's own security group is the second lock.
 */
export function toDataTier(isolatedCidrBlocks: readonly string[], port: number): EgressRule {
  return { to: isolatedCidrBlocks.map(block), ports: [tcp(port)] };
}

/** To the API server, for controllers: its service's address and, behind that, the control plane's interfaces (`Cluster.apiServerCidrs`). */
export function toApiServer(apiServerCidrs: readonly string[]): EgressRule {
  return { to: apiServerCidrs.map(block), ports: [tcp(443)] };
}

/** To external services: TLS to addresses outside the network. Link-local addresses (metadata, agents) stay shut. */
export function toInternetHttps(networkCidrBlock: string): EgressRule {
  return { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: [networkCidrBlock, "169.254.0.0/16"] } }], ports: [tcp(443)] };
}

/** To AWS' interface endpoints inside the network, by the blocks of the subnets that hold them. */
export function toInterfaceEndpoints(privateCidrBlocks: readonly string[]): EgressRule {
  return { to: privateCidrBlocks.map(block), ports: [tcp(443)] };
}

/** To chosen pods of a namespace. */
export function toPods(namespace: string, podLabels: Labels, port: number): EgressRule {
  return { to: [{ ...inNamespace(namespace), podSelector: { matchLabels: podLabels } }], ports: [tcp(port)] };
}

/** From chosen pods of a namespace, a scraper for instance. */
export function fromPods(namespace: string, podLabels: Labels, port: number): IngressRule {
  return { from: [{ ...inNamespace(namespace), podSelector: { matchLabels: podLabels } }], ports: [tcp(port)] };
}

/** From a load balancer, by the blocks of its subnets: its addresses change. */
export function fromCidrBlocks(cidrBlocks: readonly string[], port: number): IngressRule {
  return { from: cidrBlocks.map(block), ports: [tcp(port)] };
}
