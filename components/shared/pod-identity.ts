import { setTimeout } from "node:timers/promises";
import * as eks from "@pulumi/aws/eks/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Place, Scope } from "../../core/names.ts";
import { clusterArn } from "../../core/names.ts";
import { CLUSTER } from "../../standards/cluster.ts";
import type { PolicyStatement, TrustSource } from "./iam.ts";
import { arnWithRights, policyDocumentOutput, serviceTrust } from "./iam.ts";

export interface PodIdentityArgs {
  readonly environment: Scope & Place;
  /** The cluster in which the pods run; a value of the cluster itself, so that it comes first. */
  readonly cluster: { readonly name: pulumi.Input<string> };
  readonly namespace: string;
  /** Service account of the pods; it need not exist yet. */
  readonly serviceAccount: string;
  /** What the pods do with AWS, in a few words; shown in IAM. */
  readonly description: string;
  /** Permissions of the pods' own; none: only those of the managed policies. */
  readonly statements?: readonly PolicyStatement[];
  /** AWS' managed policies by a short name of ours, which becomes part of a logical name. */
  readonly managedPolicyArns?: Readonly<Record<string, string>>;
  /** Rights that need the role itself, such as to become roles which trust it; absent: none. */
  readonly furtherRights?: (role: iam.Role) => readonly pulumi.CustomResource[];
}

/**
 * An IAM role that only the pods of one service account in one namespace of this cluster can have, through EKS Pod
 * Identity. Pods must start after it: the agent's address is put into them when they are made. Depend on the component, which
 * is there a little later than its association.
 */
export class PodIdentity extends pulumi.ComponentResource {
  readonly roleArn: pulumi.Output<string>;
  /** Name of the role, to attach further policies. */
  readonly roleName: pulumi.Output<string>;

  constructor(name: string, args: PodIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:cluster:PodIdentity", name, {}, opts);
    const role = new iam.Role(
      name,
      { description: args.description, assumeRolePolicy: serviceTrust("pods.eks", trustSource(args)) },
      { parent: this },
    );
    const rights = [...this.attachPolicies(name, role, args), ...(args.furtherRights?.(role) ?? [])];
    const made = new MadeNow(name);
    const association = new eks.PodIdentityAssociation(
      name,
      {
        clusterName: args.cluster.name,
        namespace: args.namespace,
        serviceAccount: args.serviceAccount,
        // Credentials that arrive before their permissions make controllers fail at their first call.
        roleArn: arnWithRights(role, rights),
      },
      { parent: this, hooks: { afterCreate: [made.hook] } },
    );
    // Who depends on the component depends on this child too, which is not asked for before the association holds.
    new pulumi.Stash(
      `${name}-settled`,
      { input: association.associationId.apply((id) => settled(id, made.now)) },
      { parent: this },
    );
    this.roleArn = role.arn;
    this.roleName = role.name;
    this.registerOutputs({ roleArn: this.roleArn, roleName: this.roleName });
  }

  private attachPolicies(
    name: string,
    role: iam.Role,
    { statements = [], managedPolicyArns = {} }: PodIdentityArgs,
  ): pulumi.CustomResource[] {
    const attached: pulumi.CustomResource[] = Object.entries(managedPolicyArns).map(
      ([shortName, policyArn]) =>
        new iam.RolePolicyAttachment(`${name}-${shortName}`, { role: role.name, policyArn }, { parent: role }),
    );
    if (statements.length > 0) {
      const policy = policyDocumentOutput(statements);
      attached.push(new iam.RolePolicy(name, { role: role.name, policy }, { parent: role }));
    }
    return attached;
  }
}

/** Whether something is made in this very run: the engine tells before it answers the program. */
class MadeNow {
  readonly hook: pulumi.ResourceHook;
  now = false;

  constructor(name: string) {
    this.hook = new pulumi.ResourceHook(`${name}-pod-identity-made`, () => {
      this.now = true;
    });
  }
}

/**
 * An association's ID once EKS knows the association everywhere: a pod that is admitted earlier has no credentials for its
 * whole life. It waits here and not in a hook of the engine, which runs hooks one after the other: so all wait at the same
 * time. Nothing waits in a preview, nor for an association that was there already.
 */
export async function settled(
  id: string,
  madeNow: boolean,
  wait: (milliseconds: number) => Promise<unknown> = setTimeout,
): Promise<string> {
  if (madeNow) await wait(CLUSTER.podIdentitySettleSeconds * 1000);
  return id;
}

/**
 * Who may take the role on: EKS for this cluster, and only with the tags which it sets for this service account.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
function trustSource({ environment, namespace, serviceAccount }: PodIdentityArgs): TrustSource {
  return {
    accountId: environment.accountId,
    sourceArn: clusterArn(environment),
    equals: {
      "aws:RequestTag/kubernetes-namespace": namespace,
      "aws:RequestTag/kubernetes-service-account": serviceAccount,
    },
    tagsSession: true,
  };
}
