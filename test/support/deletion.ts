import type { Resource } from "../../preview/engine/model.ts";

/** Kind of a resource: "Ingress" of an object in the cluster, "eks.NodeGroup" of one of AWS. */
export function kindOf({ type, inputs }: Resource): string {
  const kind = type.startsWith("kubernetes:") ? inputs["kind"] : undefined;
  if (typeof kind === "string") return kind;
  const [provider, module = "", last = type] = type.split(":");
  return provider === "aws" ? `${module.split("/")[0] ?? ""}.${last}` : last;
}

/** "<kind> <name>", as expectations say it. */
export const label = (resource: Resource): string => `${kindOf(resource)} ${resource.name}`;

/** URNs which the engine keeps until a resource is deleted, from one step to the next. */
function references({ dependencies, propertyDependencies, parent, provider, deletedWith }: Resource): Set<string> {
  const [, providerUrn] = /^(.*)::[^:]*$/.exec(provider ?? "") ?? [];
  const further = [parent, providerUrn, deletedWith].filter((urn) => urn !== undefined);
  return new Set([...dependencies, ...Object.values(propertyDependencies).flat(), ...further]);
}

/**
 * For each resource that goes, what goes only after it. The engine orders the resources of one run among themselves, so only
 * ways through these count: what stays orders nothing.
 */
export function goesAfter(going: readonly Resource[]): ReadonlyMap<string, ReadonlySet<string>> {
  const byUrn = new Map(going.map((resource) => [resource.urn, references(resource)]));
  const after = (urn: string): ReadonlySet<string> => {
    const seen = new Set<string>();
    const waiting = [urn];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const reference of byUrn.get(next) ?? []) {
        if (seen.has(reference) || !byUrn.has(reference)) continue;
        seen.add(reference);
        waiting.push(reference);
      }
    }
    return seen;
  };
  return new Map(going.map(({ urn }) => [urn, after(urn)]));
}

/** Something that cannot be deleted cleanly without others: its label, and theirs; `<name>` is its own name in them. */
export interface Need {
  readonly of: RegExp;
  readonly needs: readonly string[];
}

const controllerOf = (part: string) => [
  `Release cluster-services-${part}`,
  `eks.PodIdentityAssociation cluster-services-${part}`,
  `NetworkPolicy cluster-services-${part}`,
];

/**
 * What never ends when it is deleted after what it needs, or leaves something in the account: finalizers need their
 * controllers, these their rights and their way out, pods everything that they use until they have ended.
 */
export const NEEDS: readonly Need[] = [
  { of: /^Ingress /, needs: [...controllerOf("load-balancer"), "IngressClass workloads-balancer"] },
  { of: /^(IngressClass|Ingress) /, needs: ["IngressClassParams workloads-balancer"] },
  { of: /^IngressClassParams /, needs: controllerOf("load-balancer") },
  // While the balancer is there, these are in use.
  {
    of: /^Ingress /,
    needs: [
      "wafv2\\.WebAcl balancer-firewall",
      "ec2\\.SecurityGroup balancer",
      "s3\\.Bucket access-logs",
      "ec2\\.Vpc network",
    ],
  },
  { of: /^ExternalSecret workloads-/, needs: ["SecretStore cluster-services-external-secrets-(shop|platform)"] },
  { of: /^(ExternalSecret|SecretStore) /, needs: controllerOf("external-secrets") },
  { of: /^ScaledObject /, needs: ["TriggerAuthentication cluster-services-keda-shop"] },
  { of: /^(ScaledObject|TriggerAuthentication) /, needs: controllerOf("keda") },
  { of: /^Rollout /, needs: controllerOf("argo-rollouts") },
  { of: /^(Certificate|ClusterIssuer) /, needs: ["Release cluster-services-cert-manager"] },
  { of: /^NodePool /, needs: ["EC2NodeClass cluster-services-karpenter"] },
  {
    of: /^(NodePool|EC2NodeClass) /,
    needs: [
      "Release cluster-services-karpenter",
      "eks\\.PodIdentityAssociation cluster-services-karpenter",
      "iam\\.InstanceProfile cluster-services-karpenter",
      "iam\\.Role cluster-nodes",
    ],
  },
  {
    of: /^(Deployment|Rollout|CronJob) /,
    needs: ["NetworkPolicy <name>", "ServiceAccount <name>", "eks\\.PodIdentityAssociation <name>", "NodePool .*"],
  },
  { of: /^(Deployment|Rollout) /, needs: ["ExternalSecret <name>", "Service <name>"] },
  {
    of: /^Job .*-migrate$/,
    needs: ["NetworkPolicy <name>", "ServiceAccount <name>", "eks\\.PodIdentityAssociation <name>"],
  },
  { of: /^Job workloads-database-/, needs: ["NetworkPolicy workloads-database", "ServiceAccount workloads-database"] },
  // Credentials go before the role, and the role has its rights until then.
  {
    of: /^eks\.PodIdentityAssociation /,
    needs: ["iam\\.(RolePolicy|RolePolicyAttachment) <name>(-network|-volumes)?", "iam\\.Role <name>"],
  },
  {
    of: /^(NodePool|EC2NodeClass|Release|Ingress|Deployment|Rollout|CronJob|Job|ExternalSecret|ScaledObject|Namespace) /,
    needs: ["eks\\.NodeGroup .*", "eks\\.Addon cluster-coredns", "eks\\.AccessPolicyAssociation cluster-deployer"],
  },
  {
    of: /^eks\.NodeGroup /,
    needs: [
      "eks\\.Cluster cluster",
      "ec2\\.LaunchTemplate <name>",
      "iam\\.Role cluster-nodes",
      "iam\\.RolePolicyAttachment cluster-nodes-.*",
      "eks\\.Addon cluster-vpc-cni",
      "vpc\\.SecurityGroup(In|E)gressRule cluster-.*",
    ],
  },
  // The way out of the private subnets, over which all of them reach AWS.
  {
    of: /^eks\.NodeGroup /,
    needs: [
      "ec2\\.NatGateway .*",
      "ec2\\.InternetGateway network",
      "ec2\\.NetworkAcl network-(private|public)",
      "ec2\\.Route network-(private-.|public)",
      "ec2\\.RouteTableAssociation network-(private|public)-.",
      "ec2\\.VpcEndpoint network-.*",
    ],
  },
];

/** What goes too early: everything that is needed and goes in the same run without waiting for its user. */
export function tooEarly(going: readonly Resource[], needs = NEEDS): string[] {
  const after = goesAfter(going);
  return needs.flatMap(({ of, needs: labels }) =>
    going
      .filter((user) => of.test(label(user)))
      .flatMap((user) => {
        const needed = labels.map((text) => new RegExp(`^${text.replace("<name>", user.name)}$`));
        return going
          .filter((other) => needed.some((pattern) => pattern.test(label(other))))
          .filter(({ urn }) => after.get(user.urn)?.has(urn) !== true)
          .map((other) => `${label(other)} may go before ${label(user)}`);
      }),
  );
}

/** Needs that are said of nothing, or name nothing: each must hold for something in a whole environment. */
export function emptyNeeds(going: readonly Resource[]): string[] {
  const labels = going.map(label);
  return NEEDS.flatMap(({ of, needs }) => {
    const users = going.filter((resource) => of.test(label(resource)));
    return needs
      .filter(
        (text) =>
          !users.some(({ name }) => {
            const pattern = new RegExp(`^${text.replace("<name>", name)}$`);
            return labels.some((other) => pattern.test(other));
          }),
      )
      .map((text) => `${String(of)}: ${text}`);
  });
}
