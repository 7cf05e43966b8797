import * as kms from "@pulumi/aws/kms/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import type { KeysSettings } from "../../config/blocks/keys.ts";
import { keyAlias, nameOf } from "../../core/names.ts";
import type { KeyPurpose } from "./key-policy.ts";
import { keyPolicy } from "./key-policy.ts";

export type { KeyPurpose } from "./key-policy.ts";

/** Every purpose; what the stack's own region needs. */
export const KEY_PURPOSES: readonly KeyPurpose[] = [
  "data",
  "logs",
  "secrets",
  "cluster",
  "volumes",
  "messaging",
  "backup",
  "audit",
  "registry",
  "sessions",
  "assets",
];

export interface KeysArgs<P extends KeyPurpose> {
  readonly environment: Environment;
  readonly settings: KeysSettings;
  /** What keys are made for. A purpose may be made once in each region. */
  readonly purposes: readonly P[];
  /** Region of the keys; absent: the environment's. A key never leaves its region, so what lives elsewhere has keys of its own. */
  readonly region?: string;
}

function complete<P extends string, T>(record: Partial<Record<P, T>>, names: readonly P[]): record is Record<P, T> {
  return names.every((name) => record[name] !== undefined);
}

/**
 * Customer managed keys, one for each purpose and region. IAM decides who of the account may use a key; of AWS'
 * services only those that the purpose needs may, and only for this account. Material rotates; a deleted key can be
 * called back during the waiting time. Found by people as `alias/<prefix>-<environment>-<purpose>`.
 */
export class Keys<P extends KeyPurpose = KeyPurpose> extends pulumi.ComponentResource {
  /** ARN of the key of each purpose. */
  readonly arns: Readonly<Record<P, pulumi.Output<string>>>;

  constructor(name: string, args: KeysArgs<P>, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:security:Keys", name, {}, opts);
    const arns: Partial<Record<P, pulumi.Output<string>>> = {};
    for (const purpose of args.purposes) arns[purpose] = this.createKey(`${name}-${purpose}`, purpose, args);
    if (!complete(arns, args.purposes)) throw new Error(`${name}: a purpose has no key`);
    this.arns = arns;
    this.registerOutputs({ arns: this.arns });
  }

  /** A key with its alias; losing one loses all that it encrypted. */
  private createKey(
    childName: string,
    purpose: KeyPurpose,
    { environment, settings, region }: KeysArgs<P>,
  ): pulumi.Output<string> {
    const physicalName = nameOf(environment, purpose);
    const place = region === undefined ? {} : { region };
    const key = new kms.Key(
      childName,
      {
        ...place,
        description: `Preflight ${environment.name}: ${purpose}`,
        policy: keyPolicy(purpose, environment, region ?? environment.region),
        enableKeyRotation: true,
        rotationPeriodInDays: settings.rotationPeriodDays,
        deletionWindowInDays: settings.deletionWindowDays,
        tags: { Name: physicalName },
      },
      {
        parent: this,
        protect: environment.protectStatefulResources,
        retainOnDelete: environment.retainStatefulResources,
      },
    );
    new kms.Alias(
      childName,
      { ...place, name: keyAlias(environment, purpose), targetKeyId: key.keyId },
      { parent: key },
    );
    return key.arn;
  }
}
