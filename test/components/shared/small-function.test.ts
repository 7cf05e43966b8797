import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { SmallFunction } from "../../../components/shared/small-function.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const FUNCTION = "aws:lambda/function:Function";

class Owner extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Owner", name);
    for (const purpose of ["secret-age", "pager"] as const) {
      new SmallFunction(
        `${name}-${purpose}`,
        {
          environment: ENVIRONMENT,
          purpose,
          description: "Does one thing",
          roleDescription: "Sees names",
          source: new URL("../../../components/secrets/age-lambda/", import.meta.url),
          handler: "index.handler",
          timeoutSeconds: 20,
          memoryMiB: 128,
          logRetentionDays: 30,
          keys: { arns: { logs: pulumi.output("logs-key") } },
          statements: [{ Sid: "Names", Effect: "Allow", Action: "secretsmanager:ListSecrets", Resource: "*" }],
          variables: { WHAT: "names" },
        },
        { parent: this },
      );
    }
  }
}

let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(() => new Owner("owner"));
});

describe("SmallFunction", () => {
  it("is one function with its log, a role and a policy, and nothing that may call it", () => {
    expect(
      resources
        .filter(({ custom, name }) => custom && name === "owner-secret-age")
        .map(({ type }) => type)
        .toSorted(),
    ).toEqual(["aws:cloudwatch/logGroup:LogGroup", "aws:iam/role:Role", "aws:iam/rolePolicy:RolePolicy", FUNCTION]);
    expect(ofType(resources, "aws:lambda/permission:Permission")).toEqual([]);
  });

  it("runs on the standard's runtime with the limits it was given", () => {
    expect(only(resources, FUNCTION, "owner-secret-age").inputs).toMatchObject({
      name: "preflight-staging-secret-age",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      timeout: 20,
      memorySize: 128,
      environment: { variables: { WHAT: "names" } },
    });
  });

  it("takes nothing from the account's concurrency: a new account may reserve none of its ten runs", () => {
    for (const { inputs } of ofType(resources, FUNCTION))
      expect(inputs).not.toHaveProperty("reservedConcurrentExecutions");
    expect(ofType(resources, FUNCTION)).toHaveLength(2);
  });

  it("is the only place where functions are made, so that none reserves runs", () => {
    const components = join(import.meta.dirname, "..", "..", "..", "components");
    const makers = globSync("**/*.ts", { cwd: components }).filter((file) =>
      /new lambda\.Function\(|reservedConcurrentExecutions/.test(readFileSync(join(components, file), "utf8")),
    );
    expect(makers).toEqual([join("shared", "small-function.ts")]);
  });

  it("writes to a log that is encrypted with our key and ends", () => {
    expect(only(resources, "aws:cloudwatch/logGroup:LogGroup", "owner-secret-age").inputs).toEqual({
      name: "/aws/lambda/preflight-staging-secret-age",
      kmsKeyId: "logs-key",
      retentionInDays: 30,
    });
    expect(only(resources, FUNCTION, "owner-secret-age").inputs["loggingConfig"]).toEqual({
      logFormat: "JSON",
      logGroup: "/aws/lambda/preflight-staging-secret-age",
    });
  });

  it("may do what the statements say and write to its own log, once the policy is there", () => {
    const { Statement }: { Statement: { Action: string | string[]; Resource: string }[] } = JSON.parse(
      String(only(resources, "aws:iam/rolePolicy:RolePolicy", "owner-secret-age").inputs["policy"]),
    );
    expect(Statement.map(({ Action }) => Action)).toEqual([
      "secretsmanager:ListSecrets",
      ["logs:CreateLogStream", "logs:PutLogEvents"],
    ]);
    expect(Statement[1]?.Resource).toMatch(/~arn~:\*$/);
    expect(only(resources, FUNCTION, "owner-secret-age").dependencies).toContain(
      "aws:iam/rolePolicy:RolePolicy::owner-secret-age",
    );
  });

  it("has a role that only Lambda can take", () => {
    const policy: unknown = JSON.parse(
      String(only(resources, "aws:iam/role:Role", "owner-secret-age").inputs["assumeRolePolicy"]),
    );
    expect(policy).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
    });
  });
});
