import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateDetectorCommand, GuardDutyClient } from "@aws-sdk/client-guardduty";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateAliasCommand, CreateKeyCommand, KMSClient, ScheduleKeyDeletionCommand } from "@aws-sdk/client-kms";
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, expect, it, vi } from "vitest";

import { awsTransport } from "../../ops/account/aws.ts";
import { checkAccount } from "../../ops/account/perform.ts";
import type { Finding } from "../../ops/account/report.ts";
import { describeWith } from "../support/requirements.ts";
import { parsedStack } from "../support/stack-files.ts";
import type { EmulatedAccount } from "./support/moto.ts";
import { emulateAccount, MOTO } from "./support/moto.ts";

const config = parsedStack("production");
const { accountId, region } = config.environment;

describeWith(MOTO, "an emulated account", () => {
  let account: EmulatedAccount;

  async function findings(): Promise<ReadonlyMap<string, Finding>> {
    const world = { nameServers: () => Promise.resolve([]), issuers: () => Promise.resolve([]) };
    const aws = awsTransport({ region, endpoint: account.endpoint });
    const report = await checkAccount(config, { ...aws, world }, new Date("2026-11-28T10:00:00Z"));
    return new Map(report.findings.map((finding) => [finding.what, finding]));
  }

  beforeAll(async () => {
    account = await emulateAccount(accountId);
    vi.stubEnv("AWS_ENDPOINT_URL", account.endpoint);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    await account.stop();
  });

  it("that is new is asked by the real clients, and has none of what an up makes", async () => {
    const found = await findings();
    for (const what of [
      "Trails",
      "GuardDuty's detector",
      "AWS Config's recorder",
      "Repositories",
      "Hosted zone",
      "Names of secrets",
      "Names of log groups",
      "Aliases of keys",
    ])
      expect(found.get(what), what).toMatchObject({ verdict: "ok" });
    expect(found.get("Deployer's role")).toMatchObject({ verdict: "blocks", found: "no such role" });
    expect(found.get("Zone eu-west-1a")).toMatchObject({ verdict: "ok" });
    expect(found.get("Instances of node group system")).toMatchObject({ verdict: "ok" });
    expect(found.get("VPCs in the region")).toMatchObject({ verdict: "ok", found: "5, 1 taken by others" });
    expect(found.get("IAM roles")).toMatchObject({ verdict: "ok" });
  });

  it("in which something is in the way is told apart", async () => {
    const place = { region, endpoint: account.endpoint };
    const role = config.cluster.deployerRoleArn.split("/").at(-1);
    await new IAMClient(place).send(
      new CreateRoleCommand({
        RoleName: role,
        MaxSessionDuration: 3600,
        AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
      }),
    );
    await new GuardDutyClient(place).send(new CreateDetectorCommand({ Enable: true }));
    await new CloudWatchLogsClient(place).send(
      new CreateLogGroupCommand({ logGroupName: "/aws/eks/preflight-production/cluster" }),
    );
    const secrets = new SecretsManagerClient(place);
    const name = "preflight-production/_platform/origin-header";
    await secrets.send(new CreateSecretCommand({ Name: name, SecretString: "x" }));
    await secrets.send(new DeleteSecretCommand({ SecretId: name, RecoveryWindowInDays: 7 }));
    const keys = new KMSClient(place);
    const { KeyMetadata } = await keys.send(new CreateKeyCommand({}));
    await keys.send(
      new CreateAliasCommand({ AliasName: "alias/preflight-production-data", TargetKeyId: KeyMetadata?.KeyId }),
    );
    await keys.send(new ScheduleKeyDeletionCommand({ KeyId: KeyMetadata?.KeyId }));

    const found = await findings();
    expect(found.get("Deployer's role")).toMatchObject({ verdict: "ok" });
    expect(found.get("Longest session of the deployer")).toMatchObject({ verdict: "advice", found: "3600 s" });
    expect(found.get("GuardDuty's detector")).toMatchObject({ verdict: "blocks" });
    expect(found.get("Names of log groups")).toMatchObject({ verdict: "blocks" });
    expect(found.get("Names of secrets")).toMatchObject({
      verdict: "blocks",
      found: `in their recovery window: ${name}`,
    });
    expect(found.get("Aliases of keys")?.found).toContain(
      "keys that wait for their deletion: alias/preflight-production-data",
    );
  });
});
