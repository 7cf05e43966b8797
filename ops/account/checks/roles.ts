import type { StackConfig } from "../../../config/schema.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

/** Seconds for which a session of the deployer should be able to last: a first up, and a second try. docs/first-up.md */
const DEPLOYER_SECONDS = 14_400;

interface Named {
  readonly what: string;
  readonly arn: string;
  readonly key: string;
}

/** Every role that the stack file names. */
export function rolesOf({ cluster }: StackConfig): readonly Named[] {
  return [
    { what: "Deployer's role", arn: cluster.deployerRoleArn, key: "cluster.deployerRoleArn" },
    ...cluster.accessEntries.map(({ name, roleArn }) => ({
      what: `Role of ${name}`,
      arn: roleArn,
      key: `the row ${name} of cluster.accessEntries`,
    })),
  ];
}

const roleName = (arn: string) => arn.split("/").at(-1) ?? arn;

function judgeRole({ what, arn, key }: Named, accountId: string, answer: OutcomeOf<"iam:GetRole"> | undefined): Line {
  const part = { what, needed: `${roleName(arn)} exists` };
  if (answer === undefined) {
    return advice(
      part,
      `a role of another account than ${accountId}: not asked`,
      `Ask its owner, or name a role of this account (${key}).`,
    );
  }
  if (isRefusal(answer)) return unasked(part, answer);
  const role = valueOf(answer)?.Role;
  if (role === undefined)
    return blocks(
      part,
      "no such role",
      `Make the role, or change ${key}: EKS refuses an entry for a role that does not exist.`,
    );
  return role.Arn === arn
    ? ok(part, "exists")
    : blocks(
        part,
        `the role of this name is ${role.Arn ?? "another"}`,
        `Write its ARN as it is (${key}): EKS compares it whole.`,
      );
}

function judgeDuration(answer: OutcomeOf<"iam:GetRole"> | undefined): Line[] {
  const seconds = answer === undefined ? undefined : valueOf(answer)?.Role?.MaxSessionDuration;
  if (seconds === undefined) return [];
  const part = { what: "Longest session of the deployer", needed: `${DEPLOYER_SECONDS} s` };
  return [
    seconds >= DEPLOYER_SECONDS
      ? ok(part, `${seconds} s`)
      : advice(
          part,
          `${seconds} s`,
          `aws iam update-role --role-name <role> --max-session-duration ${DEPLOYER_SECONDS}; taken on from another role's session it is one hour all the same.`,
        ),
  ];
}

/** The roles that deploy and work in the cluster. */
export const rolesCheck = defineCheck({
  id: "roles",
  subject: "Roles and connections",
  source: "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html",
  gather: ({ config }, { ask }) =>
    Promise.all(
      rolesOf(config).map(async (named) => ({
        named,
        answer: named.arn.includes(`:${config.environment.accountId}:`)
          ? await ask("iam:GetRole", { RoleName: roleName(named.arn) }, config.environment.region)
          : undefined,
      })),
    ),
  judge: ({ config }, answers) => [
    ...answers.map(({ named, answer }) => judgeRole(named, config.environment.accountId, answer)),
    ...judgeDuration(answers[0]?.answer),
  ],
});
