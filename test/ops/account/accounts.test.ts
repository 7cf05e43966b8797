import { describe, expect, it } from "vitest";

import { parsedStack } from "../../support/stack-files.ts";
import { goodAccount } from "./support/good.ts";
import { newAccount, withAnswers } from "./support/others.ts";
import { ask, linesOf, refuse } from "./support/recorded.ts";

const config = parsedStack("production");

describe("a good account", () => {
  it("has nothing in the way, in both environments", async () => {
    for (const name of ["staging", "production"] as const) {
      const stack = parsedStack(name);
      const report = await ask(stack, goodAccount(stack));
      expect(linesOf(report, "blocks"), name).toEqual([]);
      expect(linesOf(report, "unknown"), name).toEqual([]);
      expect(linesOf(report, "advice"), name).toEqual([
        "CloudFront: no distribution yet, and nothing tells the verification",
      ]);
      expect(linesOf(report, "ok").length, name).toBeGreaterThan(80);
    }
  });
});

describe("a new account", () => {
  it("is told everything that stops the first up, and nothing that does not", async () => {
    const report = await ask(config, newAccount(config));
    expect(linesOf(report, "unknown")).toEqual([]);
    expect(linesOf(report, "blocks")).toEqual([
      ...(config.environment.phase === "services"
        ? [expect.stringMatching(/^Images that run: not there: preflight\/gateway@sha256:191a3180052e, /)]
        : []),
      "vCPUs of running on-demand instances (standard families): 5 by default",
      ...(config.environment.phase !== "foundation"
        ? ["Delegation of the zone: nobody knows the zone; the zone is not made yet"]
        : []),
      "Deployer's role: no such role",
      "Role of break-glass: no such role",
      "Role of developers: no such role",
      "Role of operators: no such role",
      "Connection to GitHub: PENDING",
      "Slack workspace: no workspace",
      "Cost Explorer: off",
      "Anomaly monitor by service: Default-Services-Monitor: an account has one",
    ]);
    expect(linesOf(report, "advice")).toEqual(
      expect.arrayContaining([
        "Concurrent builds, Linux/Medium: 1 by default",
        "Second factor of root: none",
        "Access keys of root: some",
        "Text messages from us-east-1: in the sandbox: only verified numbers get any",
      ]),
    );
  });

  it("is not asked for what the stack itself sets", async () => {
    const report = await ask(config, newAccount(config));
    expect(linesOf(report, "ok")).toEqual(
      expect.arrayContaining([
        "Encryption of volumes by default: off; the next up sets it",
        "Public access block of S3: 0 of 4 on; the next up sets it",
        "Public documents of Systems Manager: sharing on; the next up sets it",
        "Password policy: none of the account's own; the next up sets it",
        "Amazon Inspector: images DISABLED, instances DISABLED; the next up sets it",
      ]),
    );
  });

  it("is told what to do about each", async () => {
    const { findings } = await ask(config, newAccount(config));
    const waiting = findings.filter(({ verdict }) => verdict !== "ok");
    expect(waiting.filter(({ todo = "" }) => todo === "")).toEqual([]);
    expect(waiting.find(({ what }) => what.startsWith("vCPUs"))?.todo).toBe(
      "aws service-quotas request-service-quota-increase --service-code ec2 --quota-code L-1216C47A --desired-value 132; a person may look at it, for hours or days.",
    );
    expect(waiting.find(({ what }) => what === "Anomaly monitor by service")?.todo).toContain(
      "Set budget.anomalyMonitorArn to arn:aws:ce::444455556666:anomalymonitor/0a1b",
    );
  });
});

describe("an account that may not be asked", () => {
  it("has no verdict but what is missing, and the right to it", async () => {
    const denied = withAnswers(config, {
      "guardduty:ListDetectors": () => refuse("AccessDeniedException"),
      "ec2:DescribeRegions": () => refuse("UnauthorizedOperation"),
    });
    const { findings } = await ask(config, denied);
    const unknown = findings.filter(({ verdict }) => verdict === "unknown");
    expect(unknown.map(({ what }) => what)).toEqual([
      "Region eu-west-1",
      "Region eu-central-1",
      "Region us-east-1",
      "GuardDuty's detector",
    ]);
    expect(unknown.at(-1)).toMatchObject({
      found: "no right to guardduty:ListDetectors on *",
      right: { action: "guardduty:ListDetectors", resources: ["*"] },
    });
  });

  it("does not take what nobody could ask for good", async () => {
    const nothing = withAnswers(
      config,
      Object.fromEntries(
        Object.keys(goodAccount(config).answers)
          .filter((action) => action !== "sts:GetCallerIdentity")
          .map((action) => [action, () => refuse("AccessDenied")]),
      ),
    );
    const report = await ask(config, nothing);
    expect(linesOf(report, "blocks")).toEqual([]);
    const passed = report.findings.filter(({ verdict, check }) => verdict === "ok" && check.id !== "session");
    expect(passed.map(({ what }) => what)).toEqual([
      "CAA as the world sees it",
      "Role for spot instances",
      "Tags in billing",
    ]);
  });

  it.each([
    {
      code: "ThrottlingException",
      says: "rds:DescribeDBClusters in eu-west-1 was throttled to the end (ThrottlingException)",
    },
    { code: "AbortError", says: "rds:DescribeDBClusters in eu-west-1 did not answer in time" },
    { code: "ENOTFOUND", says: "rds:DescribeDBClusters in eu-west-1 cannot be reached (ENOTFOUND)" },
    { code: "InternalFailure", says: "rds:DescribeDBClusters in eu-west-1: InternalFailure: refused: InternalFailure" },
  ])("says so when a question ends in $code", async ({ code, says }) => {
    const account = withAnswers(config, { "rds:DescribeDBClusters": () => refuse(code) });
    const report = await ask(config, account);
    expect(linesOf(report, "blocks")).toEqual([]);
    expect(linesOf(report, "unknown")).toContain(`The running database: ${says}`);
  });
});

describe("no session", () => {
  it.each([
    { code: "ExpiredToken", problem: "session-expired", says: "The AWS session has ended." },
    { code: "CredentialsProviderError", problem: "no-credentials", says: "There are no AWS credentials" },
    { code: "InvalidClientTokenId", problem: "no-credentials", says: "There are no AWS credentials" },
    { code: "ENOTFOUND", problem: "aws-unreachable", says: "AWS could not be asked who you are" },
  ])("is one sentence: $code", async ({ code, problem, says }) => {
    const account = withAnswers(config, { "sts:GetCallerIdentity": () => refuse(code) });
    await expect(ask(config, account)).rejects.toMatchObject({ code: problem, message: expect.stringContaining(says) });
  });

  it("of the right account is refused with both ids", async () => {
    const account = withAnswers(config, { "sts:GetCallerIdentity": () => ({ Account: "999900001111" }) });
    await expect(ask(config, account)).rejects.toMatchObject({
      code: "wrong-account",
      message:
        "The session is of account 999900001111, and the stack file is for 444455556666 (aws:allowedAccountIds).",
    });
  });

  it("that ends in the middle ends the command, with the same sentence", async () => {
    const account = withAnswers(config, { "kms:ListAliases": () => refuse("ExpiredTokenException") });
    await expect(ask(config, account)).rejects.toMatchObject({ code: "session-expired" });
  });
});
