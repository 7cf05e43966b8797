import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { ACTIONS, CALLS } from "../../../ops/account/calls/table.ts";
import { missingPolicy, wholePolicy } from "../../../ops/account/policy.ts";
import { parsedStack } from "../../support/stack-files.ts";
import { goodAccount } from "./support/good.ts";
import { newAccount, withAnswers } from "./support/others.ts";
import { ask, refuse } from "./support/recorded.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const config = parsedStack("production");
const policy = wholePolicy(config);

/** Words that AWS' read-only operations begin with. Get may hand out secrets: those that do are not among the actions. */
const READING = /^[a-z0-9-]+:(Describe|Get|List|BatchGet)[A-Z]\w+$/;

/** What an operation that begins in such a word gives away or sets off. */
const GIVES_AWAY =
  /GetSecretValue|GetAuthorizationToken|GetSessionToken|GetFederationToken|GetObject|GetPasswordData|GetParameters?ByPath|GetLogEvents/;

describe("what reaches AWS", () => {
  it("reads, and reads no secret", () => {
    expect(ACTIONS.filter((action) => !READING.test(action) || GIVES_AWAY.test(action))).toEqual([]);
  });

  it("are the commands of the table: nothing else in the command knows a client", () => {
    const knowing = globSync("ops/account/**/*.ts", { cwd: root }).filter((file) =>
      /from "(@aws-sdk|@smithy)\//.test(readFileSync(join(root, file), "utf8")),
    );
    expect(knowing.filter((file) => !file.startsWith("ops/account/calls/"))).toEqual(["ops/account/aws.ts"]);
  });

  it("is sent by commands and pages of read-only operations alone", () => {
    const sent = globSync("ops/account/calls/*.ts", { cwd: root }).flatMap((file) =>
      [...readFileSync(join(root, file), "utf8").matchAll(/\bnew (\w+)Command\(|\bpaginate(\w+)\(/g)].map(
        ([, command, pages]) => command ?? pages ?? "",
      ),
    );
    expect(sent.length).toBeGreaterThan(60);
    expect(sent.filter((name) => !/^(Describe|Get|List|BatchGet)[A-Z]/.test(name))).toEqual([]);
    // What S3 calls GetPublicAccessBlock is another right for an account.
    const asked = ACTIONS.map((action) =>
      action.split(":")[1]?.replace("GetAccountPublicAccessBlock", "GetPublicAccessBlock"),
    );
    const bySigning = ["GetConnection", "DescribeSlackWorkspaces"];
    expect([...new Set([...sent, ...bySigning])].toSorted()).toEqual([...new Set(asked)].toSorted());
  });
});

describe("the policy", () => {
  it("holds exactly what the checks ask, over all they may find", async () => {
    const asked = new Set<string>();
    await ask(config, goodAccount(config), asked);
    await ask(config, newAccount(config), asked);
    const kept = withAnswers(config, {
      "kms:ListAliases": () => ({ Aliases: [{ AliasName: "alias/preflight-production-data", TargetKeyId: "key" }] }),
      "guardduty:ListDetectors": () => ({ DetectorIds: ["d1"] }),
      "config:DescribeConfigurationRecorders": () => ({
        ConfigurationRecorders: [{ roleARN: "arn:aws:iam::1:role/r" }],
      }),
    });
    await ask(config, kept, asked);
    expect([...asked].toSorted()).toEqual(ACTIONS);
    expect(policy.Statement.flatMap(({ Action }) => Action).toSorted()).toEqual(ACTIONS);
  });

  it("names resources wherever AWS lets it, and fits into one managed policy", () => {
    const narrow = policy.Statement.filter(({ Resource }) => !Resource.includes("*"));
    expect(narrow.flatMap(({ Action }) => Action).toSorted()).toEqual([
      "codeconnections:GetConnection",
      "ecr:DescribeImages",
      "ecr:DescribeRepositories",
      "eks:DescribeCluster",
      "guardduty:GetDetector",
      "iam:GetRole",
      "kms:DescribeKey",
      "logs:DescribeLogGroups",
      "route53:GetHostedZone",
      "securityhub:DescribeHub",
      "ssm:DescribeDocument",
      "ssm:GetParameter",
      "ssm:GetServiceSetting",
    ]);
    expect(narrow.flatMap(({ Resource }) => Resource).filter((arn) => /:999|undefined/.test(arn))).toEqual([]);
    // Characters of a managed policy without white space. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(JSON.stringify(policy).length).toBeLessThan(6144);
    const names = policy.Statement.map(({ Sid }) => Sid);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[A-Za-z0-9]+$/.test(name))).toEqual([]);
  });

  it("of what was missing is the statements to add", async () => {
    const account = withAnswers(config, {
      "eks:DescribeCluster": () => refuse("AccessDeniedException"),
      "sns:GetSMSAttributes": () => refuse("AuthorizationError"),
    });
    const { findings } = await ask(config, account);
    expect(missingPolicy(findings)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "EksDescribeCluster",
          Effect: "Allow",
          Action: ["eks:DescribeCluster"],
          Resource: ["arn:aws:eks:eu-west-1:444455556666:cluster/preflight-production"],
        },
        { Sid: "WithoutResources", Effect: "Allow", Action: ["sns:GetSMSAttributes"], Resource: ["*"] },
      ],
    });
  });

  it("is undefined when nothing was missing", async () => {
    expect(missingPolicy((await ask(config, goodAccount(config))).findings)).toBeUndefined();
    expect(Object.keys(CALLS)).toHaveLength(ACTIONS.length);
  });
});
