import * as kms from "@pulumi/aws/kms/index.js";
import * as route53 from "@pulumi/aws/route53/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import type { KeysSettings } from "../../config/blocks/keys.ts";
import { accountArn, keyAlias, nameOf, signingKeyName, zoneArn } from "../../core/names.ts";
import { NOTIFY } from "../../standards/notify.ts";
import type { Notify } from "../notify/notify.ts";
import { createAlarm } from "../shared/alarm.ts";
import { policyDocument } from "../shared/iam.ts";

export interface SigningArgs {
  readonly environment: Environment;
  readonly keysSettings: KeysSettings;
  readonly zoneId: pulumi.Output<string>;
  readonly notify: Pick<Notify, "topicArns" | "usEast1TopicArns" | "runbookBaseUrl">;
}

/** IAM decides as for every key; Route 53 may sign and hold grants, for zones of this account only. */
function keyPolicy(accountId: string): string {
  const fromThisAccount = {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": zoneArn("*") },
  };
  const route53 = { Effect: "Allow", Principal: { Service: "dnssec-route53.amazonaws.com" }, Resource: "*" } as const;
  return policyDocument([
    {
      Sid: "IamDecides",
      Effect: "Allow",
      Principal: { AWS: accountArn(accountId) },
      Action: "kms:*",
      Resource: "*",
    },
    {
      ...route53,
      Sid: "Route53Signs",
      Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
      Condition: fromThisAccount,
    },
    {
      ...route53,
      Sid: "Route53HoldsGrants",
      Action: "kms:CreateGrant",
      Condition: { ...fromThisAccount, Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ]);
}

/** What Route 53 says of a signed zone that must be acted on at once: an unusable key makes the whole zone unreachable. */
const TROUBLE = [
  {
    role: "internal-failure",
    metric: "DNSSECInternalFailure",
    summary: "Route 53 could not sign the zone: resolvers that check signatures will lose all our names.",
  },
  {
    role: "key-needs-action",
    metric: "DNSSECKeySigningKeysNeedingAction",
    summary: "A key that signs the zone cannot be used: all our names will be lost.",
  },
] as const;

/**
 * Signs the zone under a key of our own and answers the DS record which the parent zone must carry. AWS rotates no
 * asymmetric keys: a new one is made by hand beside the old. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html
 */
export function createSigning(
  name: string,
  args: SigningArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { environment, keysSettings, zoneId } = args;
  const physicalName = nameOf(environment, "dnssec");
  const place = { region: NOTIFY.globalRegion };
  const key = new kms.Key(
    `${name}-signing`,
    {
      ...place,
      description: `Preflight ${environment.name}: signs the zone`,
      customerMasterKeySpec: "ECC_NIST_P256",
      keyUsage: "SIGN_VERIFY",
      policy: keyPolicy(environment.accountId),
      deletionWindowInDays: keysSettings.deletionWindowDays,
      tags: { Name: physicalName },
    },
    { ...opts, protect: environment.protectStatefulResources, retainOnDelete: environment.retainStatefulResources },
  );
  new kms.Alias(
    `${name}-signing`,
    { ...place, name: keyAlias(environment, "dnssec"), targetKeyId: key.keyId },
    { parent: key },
  );
  const signing = new route53.KeySigningKey(
    `${name}-signing`,
    // Letters, digits and underscores only.
    { hostedZoneId: zoneId, name: signingKeyName(environment, 1), keyManagementServiceArn: key.arn, status: "ACTIVE" },
    { parent: key },
  );
  new route53.HostedZoneDnsSec(
    `${name}-signing`,
    { hostedZoneId: zoneId, signingStatus: "SIGNING" },
    { parent: signing, dependsOn: [signing] },
  );
  createTroubleAlarms(name, args, key);
  return signing.dsRecord;
}

function createTroubleAlarms(name: string, { notify, zoneId }: SigningArgs, key: kms.Key): void {
  for (const { role, metric, summary } of TROUBLE) {
    createAlarm(
      `${name}-${role}`,
      {
        notify,
        audience: "page",
        summary,
        runbook: "zone-signing-broken",
        metric: {
          namespace: "AWS/Route53",
          name: metric,
          dimensions: { HostedZoneId: zoneId },
          statistic: "Maximum",
          periodSeconds: 3600,
        },
        comparison: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        periods: 1,
        // Route 53 reports every four hours, and nothing at all for a healthy zone.
        whenDataIsMissing: "notBreaching",
        global: true,
      },
      { parent: key },
    );
  }
}
