import type { Line, Target } from "../check.ts";
import { advice, defineCheck, ok } from "../check.ts";

/** Minutes that a first `up` takes: a cluster, a database and a distribution, one after the other. docs/first-up.md */
const FIRST_UP_MINUTES = 90;

/** The role behind a session's ARN; undefined for a user, or for the account itself. */
function roleOf(arn: string): string | undefined {
  return /^arn:aws:sts::\d{12}:assumed-role\/([^/]+)\//.exec(arn)?.[1];
}

const nameOfRole = (arn: string) => arn.split("/").at(-1) ?? arn;

function judgeRole({ config, session }: Target): Line {
  const deployer = nameOfRole(config.cluster.deployerRoleArn);
  const part = { what: "Who asks", needed: `the deployer ${deployer}, or who may take its role on` };
  const role = roleOf(session.arn);
  if (session.arn.endsWith(":root")) {
    return advice(
      part,
      session.arn,
      "Never use the account's root user for this: it has no limits and no name. Use a role.",
    );
  }
  if (role === undefined || role === deployer) return ok(part, session.arn);
  return advice(
    part,
    session.arn,
    `A session of a role holds ${deployer} for one hour at most, whatever its MaxSessionDuration says (role chaining). ` +
      "Deploy with a profile that has role_arn and source_profile: it renews itself.",
  );
}

function judgeTime({ session: { minutesLeft } }: Target): Line {
  const part = { what: "Time left in the session", needed: `${FIRST_UP_MINUTES} minutes for a first up` };
  if (minutesLeft === undefined) return ok(part, "the credentials name no end");
  const found = `${minutesLeft} minutes`;
  return minutesLeft >= FIRST_UP_MINUTES
    ? ok(part, found)
    : advice(
        part,
        found,
        "Sign in anew before a first up, or deploy with a profile that has role_arn: it renews itself.",
      );
}

/** Who asks, and for how long yet. The account itself is judged before anything is asked: in another one all answers are wrong. */
export const sessionCheck = defineCheck({
  id: "session",
  subject: "Account and session",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html#iam-term-role-chaining",
  gather: () => Promise.resolve(undefined),
  judge: (target) => [
    ok({ what: "Account", needed: target.config.environment.accountId }, target.session.accountId),
    judgeRole(target),
    judgeTime(target),
  ],
});
