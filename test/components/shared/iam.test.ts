import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";

import {
  policyDocument,
  policyDocumentOutput,
  serviceTrust,
  tlsOnly,
  trustWithoutSource,
  WITHOUT_SOURCE,
} from "../../../components/shared/iam.ts";

const accountId = "111122223333";
const home = join(import.meta.dirname, "..", "..", "..");
const ROOM = "components/shared/iam.ts";
const sources = [...globSync("components/**/*.ts", { cwd: home }).sort(), "index.ts"].map((file) => ({
  file: file.replaceAll("\\", "/"),
  text: readFileSync(join(home, file), "utf8"),
}));

const statementOf = (document: string) => {
  const { Version, Statement } = JSON.parse(document);
  expect(Version).toBe("2012-10-17");
  expect(Statement).toHaveLength(1);
  return Statement[0];
};

describe("a trust policy", () => {
  it("names the account for which the service acts", () => {
    expect(statementOf(serviceTrust("rds", { accountId }))).toEqual({
      Effect: "Allow",
      Principal: { Service: "rds.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": accountId } },
    });
  });

  it("names the resource, compared as a pattern only when it is one", () => {
    const condition = (sourceArn: string) => statementOf(serviceTrust("eks", { accountId, sourceArn })).Condition;
    expect(condition("arn:aws:eks:eu-west-1:111122223333:cluster/a")).toEqual({
      StringEquals: { "aws:SourceAccount": accountId },
      ArnEquals: { "aws:SourceArn": "arn:aws:eks:eu-west-1:111122223333:cluster/a" },
    });
    expect(condition("arn:aws:eks:eu-west-1:111122223333:cluster/*")).toMatchObject({
      ArnLike: { "aws:SourceArn": "arn:aws:eks:eu-west-1:111122223333:cluster/*" },
    });
  });

  it("takes further keys, and tags of the session only where it is told to", () => {
    const equals = { "aws:RequestTag/kubernetes-namespace": "shop" };
    expect(statementOf(serviceTrust("pods.eks", { accountId, equals, tagsSession: true }))).toMatchObject({
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: { StringEquals: { "aws:SourceAccount": accountId, ...equals } },
    });
  });

  it("does without a source only for services with a reason", () => {
    for (const service of ["chatbot", "ec2", "lambda"] as const) {
      expect(WITHOUT_SOURCE[service]).toMatch(/own account\.$/);
      expect(statementOf(trustWithoutSource(service))).toEqual({
        Effect: "Allow",
        Principal: { Service: `${service}.amazonaws.com` },
        Action: "sts:AssumeRole",
      });
    }
    // @ts-expect-error RDS says for whom it acts, so its roles must ask.
    trustWithoutSource("rds");
    // @ts-expect-error Lambda does not: a condition on what it does not send would keep functions from starting.
    serviceTrust("lambda", { accountId });
  });
});

describe("policy documents", () => {
  it("keep the order of their statements' properties, which is part of a policy's text", () => {
    expect(policyDocument([{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }])).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
    );
  });

  it("wait for what only the cloud knows", async () => {
    const arn = pulumi.output("arn:aws:sns:eu-west-1:111122223333:orders");
    const text = await new Promise<string>((resolve) => {
      policyDocumentOutput([tlsOnly("sns:Publish", arn)]).apply(resolve);
    });
    expect(statementOf(text)).toEqual({
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "sns:Publish",
      Resource: "arn:aws:sns:eu-west-1:111122223333:orders",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });
});

describe("all components", () => {
  it("write their policies in one place", () => {
    expect(sources.length).toBeGreaterThan(90);
    expect(sources.filter(({ text }) => text.includes("2012-10-17")).map(({ file }) => file)).toEqual([ROOM]);
  });

  it("let a service take a role on only with its source, or with the reason why it has none", () => {
    const trusts = sources
      .filter(({ file }) => file !== ROOM)
      .flatMap(({ file, text }) =>
        [...text.matchAll(/\bassumeRolePolicy\b(?::\s*(\w+))?/g)].map((match) => ({ file, made: match[1] })),
      );
    const byHand = trusts.filter(({ made }) => made !== "serviceTrust" && made !== "trustWithoutSource");
    expect(trusts.length).toBeGreaterThanOrEqual(14);
    // These trust people of the account, and a role of ours: no service.
    expect(byHand).toEqual([
      { file: "components/account/account.ts", made: "policyDocument" },
      { file: "components/cluster-services/secret-stores.ts", made: "policyDocumentOutput" },
    ]);
  });
});
