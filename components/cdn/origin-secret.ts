import * as secretsmanager from "@pulumi/aws/secretsmanager/index.js";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";

import type { CdnSettings } from "../../config/blocks/cdn/cdn.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { secretPath } from "../../core/names.ts";
import { CDN } from "../../standards/cdn.ts";
import { ROTATION, SECRET_TAGS } from "../../standards/secrets.ts";
import type { Keys } from "../keys/keys.ts";
import { refuseOtherAccounts } from "../secrets/own-account.ts";
import type { ManualSecret } from "../secrets/secret-age.ts";

/** What the secret is called among the platform's own. */
const ORIGIN_HEADER = "origin-header";

export interface OriginSecretArgs {
  readonly environment: Environment;
  readonly settings: CdnSettings["originSecret"];
  readonly keys: Pick<Keys<"secrets">, "arns">;
  /** Days for which a deleted secret can be called back; the same as for all others. */
  readonly recoveryWindowDays: number;
}

/**
 * The value by which the balancer knows that a request came through the CDN. There are two, blue and green, and the balancer
 * takes both: renew the idle one and deploy, then send it and deploy. At no moment is a value sent that is not accepted.
 */
export class OriginSecret extends pulumi.ComponentResource {
  /** What the CDN sends; a secret. */
  readonly sent: pulumi.Output<string>;
  /** What the balancer accepts; both are secrets. */
  readonly accepted: readonly [pulumi.Output<string>, pulumi.Output<string>];
  /** The secret in Secrets Manager: a JSON object with the keys blue and green. */
  readonly secretArn: pulumi.Output<string>;
  /** The same as one whose age must be watched: people raise a generation to renew it. */
  readonly manual: ManualSecret;

  constructor(name: string, args: OriginSecretArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:edge:OriginSecret", name, {}, opts);
    const { settings } = args;
    const blue = this.createValue(`${name}-blue`, settings.blueGeneration);
    const green = this.createValue(`${name}-green`, settings.greenGeneration);
    this.sent = { blue, green }[settings.sends];
    this.accepted = [blue, green];
    const secret = this.store(name, args, pulumi.jsonStringify({ blue, green }));
    this.secretArn = secret.arn;
    this.manual = { key: ORIGIN_HEADER, name: secret.name, rotationDays: CDN.originSecretRotationDays };
    this.registerOutputs({ secretArn: this.secretArn });
  }

  /** Letters and digits only: headers carry nothing else unharmed everywhere. */
  private createValue(childName: string, generation: number): pulumi.Output<string> {
    const password = new RandomPassword(
      childName,
      { length: CDN.originSecretChars, special: false, keepers: { generation: String(generation) } },
      { parent: this },
    );
    return pulumi.secret(password.result);
  }

  private store(
    name: string,
    { environment, keys, recoveryWindowDays }: OriginSecretArgs,
    value: pulumi.Output<string>,
  ): secretsmanager.Secret {
    const secret = new secretsmanager.Secret(
      name,
      {
        name: secretPath.platform(environment, ORIGIN_HEADER),
        description: "Values of the header by which the balancer knows the CDN",
        kmsKeyId: keys.arns.secrets,
        recoveryWindowInDays: recoveryWindowDays,
        // Both values stand in the stack's settings by generation, so the program is what renews them.
        tags: {
          owner: environment.owner,
          [SECRET_TAGS.kind]: ROTATION.manual,
          [SECRET_TAGS.rotation]: ROTATION.manual,
          [SECRET_TAGS.rotationDays]: String(CDN.originSecretRotationDays),
        },
      },
      {
        parent: this,
        protect: environment.protectStatefulResources,
        retainOnDelete: environment.retainStatefulResources,
      },
    );
    new secretsmanager.SecretPolicy(
      name,
      { secretArn: secret.arn, policy: refuseOtherAccounts(environment.accountId), blockPublicPolicy: true },
      { parent: secret },
    );
    new secretsmanager.SecretVersion(name, { secretId: secret.id, secretString: value }, { parent: secret });
    return secret;
  }
}
