import type { GetAlternateContactCommandInput } from "@aws-sdk/client-account";
import { AccountClient, GetAlternateContactCommand } from "@aws-sdk/client-account";
import type {
  GetAccountPasswordPolicyCommandInput,
  GetAccountSummaryCommandInput,
  GetRoleCommandInput,
} from "@aws-sdk/client-iam";
import {
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetRoleCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import type { DescribeKeyCommandInput, ListAliasesCommandInput } from "@aws-sdk/client-kms";
import { DescribeKeyCommand, KMSClient, paginateListAliases } from "@aws-sdk/client-kms";
import type { GetPublicAccessBlockCommandInput } from "@aws-sdk/client-s3-control";
import { GetPublicAccessBlockCommand, S3ControlClient } from "@aws-sdk/client-s3-control";
import type { ListSecretsCommandInput } from "@aws-sdk/client-secrets-manager";
import { paginateListSecrets, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { GetCallerIdentityCommandInput } from "@aws-sdk/client-sts";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

import { globalArn } from "../../../core/names.ts";
import { call, collect, everywhere, until } from "./call.ts";

/** Who asks, what the account is, its roles, keys and secrets. */
export const IDENTITY_CALLS = {
  "sts:GetCallerIdentity": call((input: GetCallerIdentityCommandInput, wire) =>
    new STSClient(wire.options).send(new GetCallerIdentityCommand(input), until(wire)),
  ),
  "iam:GetAccountSummary": call((input: GetAccountSummaryCommandInput, wire) =>
    new IAMClient(wire.options).send(new GetAccountSummaryCommand(input), until(wire)),
  ),
  "iam:GetAccountPasswordPolicy": call(
    (input: GetAccountPasswordPolicyCommandInput, wire) =>
      new IAMClient(wire.options).send(new GetAccountPasswordPolicyCommand(input), until(wire)),
    { absent: ["NoSuchEntityException", "NoSuchEntity"] },
  ),
  "iam:GetRole": call(
    (input: GetRoleCommandInput, wire) => new IAMClient(wire.options).send(new GetRoleCommand(input), until(wire)),
    {
      absent: ["NoSuchEntityException", "NoSuchEntity"],
      resources: ({ accountId }) => [globalArn(accountId, "iam", "role/*")],
    },
  ),
  "account:GetAlternateContact": call(
    (input: GetAlternateContactCommandInput, wire) =>
      new AccountClient(wire.options).send(new GetAlternateContactCommand(input), until(wire)),
    { absent: ["ResourceNotFoundException"] },
  ),
  "kms:ListAliases": call(async (input: ListAliasesCommandInput, wire) => ({
    Aliases: await collect(
      paginateListAliases({ client: new KMSClient(wire.options) }, input, until(wire)),
      (page) => page.Aliases,
    ),
  })),
  "kms:DescribeKey": call(
    (input: DescribeKeyCommandInput, wire) =>
      new KMSClient(wire.options).send(new DescribeKeyCommand(input), until(wire)),
    { absent: ["NotFoundException"], resources: everywhere("kms", () => "key/*") },
  ),
  "secretsmanager:ListSecrets": call(async (input: ListSecretsCommandInput, wire) => ({
    SecretList: await collect(
      paginateListSecrets({ client: new SecretsManagerClient(wire.options) }, input, until(wire)),
      (page) => page.SecretList,
    ),
  })),
  "s3:GetAccountPublicAccessBlock": call(
    (input: GetPublicAccessBlockCommandInput, wire) =>
      new S3ControlClient(wire.options).send(new GetPublicAccessBlockCommand(input), until(wire)),
    { absent: ["NoSuchPublicAccessBlockConfiguration"] },
  ),
} as const;
