import * as secretsmanager from "@pulumi/aws/secretsmanager/index.js";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";

import type { Environment } from "../../config/blocks/environment.ts";
import type { SecretEntry, SecretsSettings } from "../../config/blocks/secrets.ts";
import { cacheUserId, secretPath } from "../../core/names.ts";
import type { KEY_RING } from "../../standards/secrets.ts";
import { ROTATION, SECRET_TAGS, SECRETS } from "../../standards/secrets.ts";
import type { Keys } from "../keys/keys.ts";
import { refuseOtherAccounts } from "./own-account.ts";
import { Rotation } from "./rotation.ts";
import type { ManualSecret } from "./secret-age.ts";

export interface SecretsArgs {
  readonly environment: Environment;
  readonly settings: SecretsSettings;
  readonly keys: Pick<Keys<"logs" | "secrets">, "arns">;
}

/** What a value of the kind random holds. */
type KeyRing = Readonly<Record<(typeof KEY_RING)[number], pulumi.Output<string>>>;

/** A user of the cache, as the cache and the rotation function know it. */
export interface CacheLogin {
  /** Identifies the user in ElastiCache; the rotation function changes it under this name. */
  readonly userId: string;
  /** What clients log in with. */
  readonly username: string;
  /** The first password, a secret. Rotation replaces it in the cache and in the vault, not in the program. */
  readonly password: pulumi.Output<string>;
}

/**
 * The secret catalogue in Secrets Manager, as `<prefix>-<environment>/<namespace>/<name>`, so that a namespace's role can
 * be limited to its prefix. What we make is cryptographically random, from symbols that every engine accepts, and gets a
 * new value on schedule; Pulumi makes the first value and leaves later ones alone. What comes from elsewhere starts empty:
 * a person puts the value in. No other account can read a secret, whatever its roles say.
 */
export class Secrets extends pulumi.ComponentResource {
  /** ARN of each secret by its name in the catalogue. */
  readonly arns: Readonly<Record<string, pulumi.Output<string>>>;
  /** The cache's users by their name in the catalogue. */
  readonly cacheLogins: Readonly<Record<string, CacheLogin>>;
  /** Kind of each secret by its name in the catalogue: what its value holds. */
  readonly kinds: Readonly<Record<string, SecretEntry["kind"]>>;
  /** The secrets whose values people put in; their age must be watched. */
  readonly manual: readonly ManualSecret[];
  /** The function that makes new values, for metrics and alarms. */
  readonly rotation: Rotation;

  constructor(name: string, args: SecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:security:Secrets", name, {}, opts);
    const { environment, keys, settings } = args;
    this.rotation = new Rotation(
      `${name}-rotation`,
      { environment, keys, logRetentionDays: settings.rotationLogRetentionDays },
      { parent: this },
    );
    const arns: Record<string, pulumi.Output<string>> = {};
    const cacheLogins: Record<string, CacheLogin> = {};
    const manual: ManualSecret[] = [];
    const kinds: Record<string, SecretEntry["kind"]> = {};
    for (const entry of settings.catalogue) {
      const childName = `${name}-${entry.name}`;
      const secret = this.createSecret(childName, entry, args);
      arns[entry.name] = secret.arn;
      kinds[entry.name] = entry.kind;
      if (entry.kind === "manual")
        manual.push({ key: entry.name, name: secret.name, rotationDays: entry.rotationDays });
      if (entry.lengthChars === null) continue;
      const value = firstValue(childName, entry.lengthChars, secret);
      if (entry.kind === "redisUser") {
        const login = { userId: cacheUserId(environment, entry.name), username: entry.name, password: value };
        cacheLogins[entry.name] = login;
        this.store(childName, entry, secret, pulumi.jsonStringify(login));
      } else {
        const next = firstValue(`${childName}-next`, entry.lengthChars, secret);
        // Nothing was signed before the first value; so it stands for the previous one too.
        const ring: KeyRing = { current: value, next, previous: value };
        this.store(childName, entry, secret, pulumi.jsonStringify(ring));
      }
    }
    this.arns = arns;
    this.cacheLogins = cacheLogins;
    this.manual = manual;
    this.kinds = kinds;
    this.registerOutputs({ arns: this.arns });
  }

  private createSecret(
    childName: string,
    entry: SecretEntry,
    { environment, keys, settings }: SecretsArgs,
  ): secretsmanager.Secret {
    const secret = new secretsmanager.Secret(
      childName,
      {
        name: secretPath.inNamespace(environment, entry.namespace, entry.name),
        description: entry.description,
        kmsKeyId: keys.arns.secrets,
        recoveryWindowInDays: settings.recoveryWindowDays,
        tags: {
          owner: entry.owner,
          [SECRET_TAGS.purpose]: entry.purpose,
          [SECRET_TAGS.consumers]: entry.consumers.join(" "),
          [SECRET_TAGS.kind]: entry.kind,
          [SECRET_TAGS.rotation]: entry.kind === "manual" ? ROTATION.manual : ROTATION.automatic,
          [SECRET_TAGS.rotationDays]: String(entry.rotationDays),
          ...(entry.lengthChars === null ? {} : { [SECRET_TAGS.lengthChars]: String(entry.lengthChars) }),
        },
      },
      {
        parent: this,
        protect: environment.protectStatefulResources,
        retainOnDelete: environment.retainStatefulResources,
      },
    );
    new secretsmanager.SecretPolicy(
      childName,
      { secretArn: secret.arn, policy: refuseOtherAccounts(environment.accountId), blockPublicPolicy: true },
      { parent: secret },
    );
    return secret;
  }

  /** Puts the first value in and has it renewed from then on. */
  private store(
    childName: string,
    entry: SecretEntry,
    secret: secretsmanager.Secret,
    value: pulumi.Output<string>,
  ): void {
    const version = new secretsmanager.SecretVersion(
      childName,
      { secretId: secret.id, secretString: value },
      // Rotation moves on from this value: neither a new length nor the version's end may bring it back.
      { parent: secret, ignoreChanges: ["secretString", "versionStages"], retainOnDelete: true },
    );
    new secretsmanager.SecretRotation(
      childName,
      {
        secretId: secret.id,
        rotationLambdaArn: this.rotation.functionArn,
        rotationRules: { automaticallyAfterDays: entry.rotationDays },
        // The value is new; and a cache's user may not exist yet.
        rotateImmediately: false,
      },
      { parent: secret, dependsOn: [version, this.rotation.ready] },
    );
  }
}

/** Letters, digits and symbols which no engine refuses. */
function firstValue(childName: string, length: number, parent: pulumi.Resource): pulumi.Output<string> {
  return new RandomPassword(childName, { length, special: true, overrideSpecial: SECRETS.symbols }, { parent }).result;
}
