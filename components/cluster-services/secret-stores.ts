import * as iam from "@pulumi/aws/iam/index.js";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import { secretArns, secretPath } from "../../core/names.ts";
import type { Keys } from "../keys/keys.ts";
import type { Namespaces } from "../namespaces.ts";
import { policyDocumentOutput } from "../shared/iam.ts";
import { PLATFORM_NAMESPACE, SECRETS_STORE_NAME } from "../shared/kubernetes/names.ts";

export interface SecretStoresArgs {
  readonly environment: Environment;
  /** Each gets a store. */
  readonly namespaces: Pick<Namespaces, "names">;
  /** Secrets are encrypted under "secrets". */
  readonly keys: Pick<Keys<"secrets">, "arns">;
  /** Secrets beside the catalogue which the platform namespace alone may read, such as the database's master login. */
  readonly platformSecretArns: readonly pulumi.Input<string>[];
}

/** Role of a namespace's store. */
export interface StoreRole {
  readonly namespaceName: string;
  /** The namespace, as a value that waits for it. */
  readonly namespace: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** Its permissions; without them a store reports an error at first. */
  readonly permissions: pulumi.Resource;
}

/** A role for each namespace, which reads what stands under the namespace's path and which the controller alone takes on. */
export function createStoreRoles(
  name: string,
  args: SecretStoresArgs,
  controllerRoleArn: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): StoreRole[] {
  return Object.entries(args.namespaces.names).map(([namespaceName, namespace]) => {
    const role = new iam.Role(
      `${name}-${namespaceName}`,
      {
        description: `Secrets of the namespace ${namespaceName}`,
        // The tags which Pod Identity gives a session go with it, so the role must take them.
        assumeRolePolicy: policyDocumentOutput([
          { Effect: "Allow", Principal: { AWS: controllerRoleArn }, Action: ["sts:AssumeRole", "sts:TagSession"] },
        ]),
      },
      opts,
    );
    const permissions = new iam.RolePolicy(
      `${name}-${namespaceName}`,
      { role: role.name, policy: readPolicy(namespaceName, args) },
      { ...opts, parent: role },
    );
    return { namespaceName, namespace, arn: role.arn, permissions };
  });
}

function readPolicy(
  namespaceName: string,
  { environment, keys, platformSecretArns }: SecretStoresArgs,
): pulumi.Output<string> {
  const path = secretArns(environment, secretPath.ofNamespace(environment, namespaceName));
  return policyDocumentOutput([
    {
      Sid: "ReadSecrets",
      Effect: "Allow",
      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      Resource: [path, ...(namespaceName === PLATFORM_NAMESPACE ? platformSecretArns : [])],
    },
    {
      Sid: "DecryptSecrets",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: keys.arns.secrets,
      Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${environment.region}.amazonaws.com` } },
    },
  ]);
}

/** The namespace's store: under the same name everywhere, with a role that no other store has. */
export function createStore(
  name: string,
  role: StoreRole,
  environment: Environment,
  release: pulumi.Resource,
  opts: pulumi.CustomResourceOptions,
): CustomResource {
  return new CustomResource(
    name,
    {
      apiVersion: "external-secrets.io/v1",
      kind: "SecretStore",
      metadata: { name: SECRETS_STORE_NAME, namespace: role.namespace },
      spec: { provider: { aws: { service: "SecretsManager", region: environment.region, role: role.arn } } },
    },
    { ...opts, parent: release, dependsOn: [release, role.permissions] },
  );
}
