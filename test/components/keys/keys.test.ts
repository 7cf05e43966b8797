import { beforeAll, describe, expect, it } from "vitest";

import { KEY_PURPOSES, Keys } from "../../../components/keys/keys.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const KEY = "aws:kms/key:Key";
const ALIAS = "aws:kms/alias:Alias";
const SETTINGS = { rotationPeriodDays: 180, deletionWindowDays: 30 };

interface Statement {
  readonly Sid: string;
  readonly Principal: { readonly AWS?: string; readonly Service?: string };
  readonly Action: string | readonly string[];
  readonly Condition?: Record<string, Record<string, string>>;
}

const statementsOf = (key: Registered): Statement[] => JSON.parse(String(key.inputs["policy"])).Statement;

let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(() => {
    new Keys("keys", { environment: ENVIRONMENT, settings: SETTINGS, purposes: KEY_PURPOSES });
    const twins = new Keys("keys-us-east-1", {
      environment: ENVIRONMENT,
      settings: SETTINGS,
      purposes: ["messaging", "logs"],
      region: "us-east-1",
    });
    // Only the purposes that were asked for exist in the type: `twins.arns.data` does not compile.
    return twins.arns.messaging;
  });
});

const keyOf = (name: string) => only(resources, KEY, name);

describe("Keys", () => {
  it("makes one key with one alias for each purpose and region", () => {
    expect(ofType(resources, KEY)).toHaveLength(13);
    expect(
      ofType(resources, ALIAS)
        .map(({ inputs }) => [inputs["region"] ?? "home", inputs["name"]].join(" "))
        .toSorted(),
    ).toEqual([
      "home alias/preflight-staging-assets",
      "home alias/preflight-staging-audit",
      "home alias/preflight-staging-backup",
      "home alias/preflight-staging-cluster",
      "home alias/preflight-staging-data",
      "home alias/preflight-staging-logs",
      "home alias/preflight-staging-messaging",
      "home alias/preflight-staging-registry",
      "home alias/preflight-staging-secrets",
      "home alias/preflight-staging-sessions",
      "home alias/preflight-staging-volumes",
      "us-east-1 alias/preflight-staging-logs",
      "us-east-1 alias/preflight-staging-messaging",
    ]);
  });

  it("rotates every key, keeps it for the waiting time, and protects it", () => {
    for (const key of ofType(resources, KEY)) {
      expect(key.inputs).toMatchObject({
        enableKeyRotation: true,
        rotationPeriodInDays: 180,
        deletionWindowInDays: 30,
      });
      expect(key).toMatchObject({ protect: true, retainOnDelete: true });
    }
  });

  it("lets IAM of the account decide, for every key", () => {
    for (const key of ofType(resources, KEY)) {
      expect(statementsOf(key)[0]).toMatchObject({
        Principal: { AWS: "arn:aws:iam::111122223333:root" },
        Action: "kms:*",
      });
    }
  });

  it("binds every other statement to this account", () => {
    for (const key of ofType(resources, KEY)) {
      for (const statement of statementsOf(key).slice(1))
        expect(JSON.stringify(statement.Condition)).toContain("111122223333");
    }
  });

  it("admits no service where the caller's own permission is enough", () => {
    for (const purpose of ["data", "secrets", "cluster", "backup", "registry"])
      expect(statementsOf(keyOf(`keys-${purpose}`))).toHaveLength(1);
  });

  it("admits the log service of the key's own region, for log groups of this account", () => {
    expect(statementsOf(keyOf("keys-logs"))[1]).toMatchObject({
      Principal: { Service: "logs.eu-west-1.amazonaws.com" },
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111122223333:log-group:*" },
      },
    });
    expect(statementsOf(keyOf("keys-us-east-1-logs"))[1]).toMatchObject({
      Principal: { Service: "logs.us-east-1.amazonaws.com" },
    });
  });

  it("lets volumes be used through EC2 only, with grants for AWS resources only", () => {
    const [, use, grant] = statementsOf(keyOf("keys-volumes"));
    const throughEc2 = { "kms:CallerAccount": "111122223333", "kms:ViaService": "ec2.eu-west-1.amazonaws.com" };
    expect(use?.Condition).toEqual({ StringEquals: throughEc2 });
    expect(use?.Action).not.toContain("kms:CreateGrant");
    expect(grant?.Condition).toEqual({ StringEquals: throughEc2, Bool: { "kms:GrantIsForAWSResource": "true" } });
  });

  it("admits to messages exactly the services that publish by themselves", () => {
    const services = statementsOf(keyOf("keys-messaging")).flatMap(({ Principal }) => Principal.Service ?? []);
    expect(services).toEqual(
      ["backup", "budgets", "cloudwatch", "costalerts", "events", "events.rds", "sns"].map(
        (name) => `${name}.amazonaws.com`,
      ),
    );
  });

  it("lets the CDN of this account read, and only read, what the public may see", () => {
    expect(statementsOf(keyOf("keys-assets")).slice(1)).toEqual([
      expect.objectContaining({
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: ["kms:Decrypt"],
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudfront::111122223333:distribution/*" } },
      }),
    ]);
  });

  it("lets a trail encrypt only under its own ARN", () => {
    const trail = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/*";
    const encrypt = statementsOf(keyOf("keys-audit")).find(({ Sid }) => Sid === "TrailsEncrypt");
    expect(encrypt?.Condition).toEqual({
      ArnLike: { "aws:SourceArn": trail, "kms:EncryptionContext:aws:cloudtrail:arn": trail },
    });
  });
});
