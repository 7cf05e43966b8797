import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { OriginSecret } from "../../../components/cdn/origin-secret.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const KEY_ARN = "arn:aws:kms:eu-west-1:111122223333:key/secrets";
const SECRET = "aws:secretsmanager/secret:Secret";

let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(() => {
    new OriginSecret("origin-secret", {
      recoveryWindowDays: 7,
      environment: ENVIRONMENT,
      settings: { blueGeneration: 1, greenGeneration: 2, sends: "blue" },
      keys: { arns: { secrets: pulumi.output(KEY_ARN) } },
    });
  });
});

describe("The secret between CDN and balancer", () => {
  it("is encrypted with the key of secrets and protected like what holds data", () => {
    expect(ofType(resources, SECRET)).toHaveLength(1);
    const secret = only(resources, SECRET, "origin-secret");
    expect(secret.inputs).toMatchObject({ kmsKeyId: KEY_ARN, tags: { rotation: "manual", "rotation-days": "90" } });
    expect(secret.protect).toBe(true);
  });

  it("is closed to every other account, as those of the catalogue are", () => {
    const { inputs } = only(resources, "aws:secretsmanager/secretPolicy:SecretPolicy", "origin-secret");
    expect(inputs["blockPublicPolicy"]).toBe(true);
    expect(JSON.parse(String(inputs["policy"]))).toMatchObject({
      Statement: [
        { Effect: "Deny", Principal: "*", Condition: { StringNotEquals: { "aws:PrincipalAccount": "111122223333" } } },
      ],
    });
  });

  it("has two values, renewed one by one", () => {
    const values = ofType(resources, "random:index/randomPassword:RandomPassword");
    expect(values.map(({ name, inputs }) => [name, inputs["keepers"]])).toEqual([
      ["origin-secret-blue", { generation: "1" }],
      ["origin-secret-green", { generation: "2" }],
    ]);
    for (const { inputs } of values) expect(inputs).toMatchObject({ special: false, length: 48 });
  });
});
