import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Secrets } from "../../../components/secrets/secrets.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";
import { SECRETS_SETTINGS } from "../../support/secrets-settings.ts";

const SECRET = "aws:secretsmanager/secret:Secret";
const VERSION = "aws:secretsmanager/secretVersion:SecretVersion";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";
const POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy";
const PASSWORD = "random:index/randomPassword:RandomPassword";
const FUNCTION = "aws:lambda/function:Function";
const KEYS = { arns: { logs: pulumi.output("arn:key/logs"), secrets: pulumi.output("arn:key/secrets") } };

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: Record<string, Record<string, string>>;
}

let made: Secrets;
let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(() => {
    made = new Secrets("secrets", { environment: ENVIRONMENT, settings: SECRETS_SETTINGS, keys: KEYS });
  });
});

const secretOf = (entry: string) => only(resources, SECRET, `secrets-${entry}`);
const statementsOf = (resource: Registered): Statement[] => JSON.parse(String(resource.inputs["policy"])).Statement;

describe("Secrets", () => {
  it("makes an entry for each of the catalogue, and a value and a rotation for each that we make", () => {
    expect(ofType(resources, SECRET)).toHaveLength(6);
    expect(ofType(resources, PASSWORD)).toHaveLength(3);
    for (const type of [VERSION, ROTATION])
      expect(
        ofType(resources, type)
          .map(({ name }) => name)
          .toSorted(),
      ).toEqual(["secrets-cache-api", "secrets-token-signing"]);
    expect(Object.keys(made.arns)).toHaveLength(6);
  });

  it("names those that people renew, for whoever watches their age", () => {
    expect(made.manual.map(({ key, rotationDays }) => [key, rotationDays])).toEqual([
      ["error-tracker-dsn", 7],
      ["slack-webhook", 7],
      ["pager-key", 7],
      ["payment-api-key", 7],
    ]);
  });

  it("puts each under its namespace's prefix, so that a role can be limited to it", () => {
    expect(secretOf("slack-webhook").inputs["name"]).toBe("preflight-staging/shop/slack-webhook");
  });

  it("encrypts, protects and keeps each, and lets it be called back", () => {
    for (const secret of ofType(resources, SECRET)) {
      expect(secret).toMatchObject({ protect: true, retainOnDelete: true });
      expect(secret.inputs).toMatchObject({ kmsKeyId: "arn:key/secrets", recoveryWindowInDays: 30 });
    }
  });

  it("says by tags who owns a secret and who renews it", () => {
    expect(secretOf("cache-api").inputs["tags"]).toEqual({
      owner: "shop@example.com",
      "secret-purpose": "cachePassword",
      "secret-consumers": "api",
      "secret-kind": "redisUser",
      rotation: "automatic",
      "rotation-days": "7",
      "secret-length-chars": "64",
    });
    expect(secretOf("pager-key").inputs["tags"]).toEqual({
      owner: "shop@example.com",
      "secret-purpose": "pager",
      "secret-consumers": "api",
      "secret-kind": "manual",
      rotation: "manual",
      "rotation-days": "7",
    });
  });

  it("refuses every other account, for every secret", () => {
    const policies = ofType(resources, POLICY);
    expect(policies).toHaveLength(6);
    for (const policy of policies) {
      expect(policy.inputs["blockPublicPolicy"]).toBe(true);
      expect(statementsOf(policy)).toMatchObject([
        {
          Effect: "Deny",
          Action: "secretsmanager:*",
          Condition: {
            StringNotEquals: { "aws:PrincipalAccount": "111122223333" },
            Bool: { "aws:PrincipalIsAWSService": "false" },
          },
        },
      ]);
    }
  });

  it("makes values of the wanted length from symbols that no engine refuses", () => {
    expect(ofType(resources, PASSWORD).map(({ inputs }) => [inputs["length"], inputs["overrideSpecial"]])).toEqual([
      [48, "-_"],
      [48, "-_"],
      [64, "-_"],
    ]);
  });

  it("stores what we make with the value to come, and the first value as its own forerunner", () => {
    const ring = JSON.parse(String(only(resources, VERSION, "secrets-token-signing").inputs["secretString"]));
    expect(Object.keys(ring)).toEqual(["current", "next", "previous"]);
    expect(ring.current).not.toBe(ring.next);
    expect(ring.previous).toBe(ring.current);
    expect(made.kinds).toMatchObject({ "token-signing": "random", "cache-api": "redisUser", "pager-key": "manual" });
  });

  it("hands values over as secrets and never brings an old one back", () => {
    for (const version of ofType(resources, VERSION)) {
      expect(version.secretInputs).toEqual(["secretString"]);
      expect(version.ignoreChanges).toEqual(["secretString", "versionStages"]);
      expect(version.retainOnDelete).toBe(true);
    }
  });

  it("stores a cache's login with what the rotation function must know", () => {
    expect(JSON.parse(String(only(resources, VERSION, "secrets-cache-api").inputs["secretString"]))).toMatchObject({
      userId: "preflight-staging-cache-api",
      username: "cache-api",
    });
    expect(made.cacheLogins["cache-api"]?.userId).toBe("preflight-staging-cache-api");
  });

  it("begins to rotate only when value, function and permission are there, and not at once", () => {
    for (const rotation of ofType(resources, ROTATION)) {
      expect(rotation.inputs).toMatchObject({ rotateImmediately: false, rotationRules: { automaticallyAfterDays: 7 } });
      expect(rotation.dependencies).toEqual(
        expect.arrayContaining([`${VERSION}::${rotation.name}`, "aws:lambda/permission:Permission::secrets-rotation"]),
      );
    }
  });
});

describe("the rotation function", () => {
  const role = () => only(resources, "aws:iam/rolePolicy:RolePolicy", "secrets-rotation");

  it("runs the code of the repository, with a log of ours, outside the network", () => {
    const { inputs } = only(resources, FUNCTION);
    expect(inputs).toMatchObject({
      name: "preflight-staging-secret-rotation",
      runtime: "nodejs22.x",
      handler: "index.handler",
      timeout: 300,
      environment: { variables: { SYMBOLS: "-_", DELIVERY_SECONDS: "600" } },
      loggingConfig: { logFormat: "JSON", logGroup: "/aws/lambda/preflight-staging-secret-rotation" },
    });
    expect(inputs).not.toHaveProperty("vpcConfig");
    expect(inputs).not.toHaveProperty("reservedConcurrentExecutions");
    expect(only(resources, "aws:cloudwatch/logGroup:LogGroup").inputs).toMatchObject({
      kmsKeyId: "arn:key/logs",
      retentionInDays: 365,
    });
  });

  it("may only be called by Secrets Manager for this account", () => {
    expect(only(resources, "aws:lambda/permission:Permission").inputs).toMatchObject({
      principal: "secretsmanager.amazonaws.com",
      sourceAccount: "111122223333",
    });
  });

  it("may touch secrets that name it, the secrets' key through their service, and the environment's cache users", () => {
    const [secrets, key, users, log, ...others] = statementsOf(role());
    expect(others).toEqual([]);
    expect(secrets).toMatchObject({
      Resource: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:preflight-staging/*",
      Condition: {
        StringEquals: {
          "secretsmanager:resource/AllowRotationLambdaArn":
            "arn:aws:lambda:eu-west-1:111122223333:function:preflight-staging-secret-rotation",
        },
      },
    });
    expect(key).toMatchObject({
      Resource: "arn:key/secrets",
      Condition: { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } },
    });
    expect(users).toMatchObject({ Resource: "arn:aws:elasticache:eu-west-1:111122223333:user:preflight-staging-*" });
    expect(log?.Action).toEqual(["logs:CreateLogStream", "logs:PutLogEvents"]);
  });
});
