import { UserError } from "../../cli/errors.ts";
import type { Transport } from "./ask.ts";
import type { Session } from "./check.ts";
import { isExpired, isUnsigned, outcomeOf } from "./outcome.ts";

/** When the credentials end; undefined where they do not say so. */
export type Expiry = () => Promise<Date | undefined>;

/** What keeps anybody from asking at all, in a sentence. */
function explained(error: unknown, region: string): UserError {
  if (isExpired(error)) {
    return new UserError(
      "session-expired",
      "The AWS session has ended.",
      "Sign in again (aws sso login, or assume the role anew) and run the command again.",
    );
  }
  if (isUnsigned(error)) {
    return new UserError(
      "no-credentials",
      "There are no AWS credentials, or none that AWS knows.",
      "Set AWS_PROFILE or sign in (aws sso login); aws sts get-caller-identity tells who you are.",
    );
  }
  const outcome = outcomeOf(error, { action: "sts:GetCallerIdentity", region, resources: ["*"], absent: [] });
  const reason =
    outcome.kind === "absent" || outcome.kind === "answer" ? "no reason" : `${outcome.code}: ${outcome.message}`;
  return new UserError(
    "aws-unreachable",
    `AWS could not be asked who you are (${reason}).`,
    "Look at the network, proxies and the region.",
  );
}

/** Who asks, in the account that the stack file names; throws a {@link UserError} where nobody can ask, or in another account. */
export async function openSession(
  transport: Transport,
  { accountId, region }: { readonly accountId: string; readonly region: string },
  { expiry, now }: { readonly expiry: Expiry; readonly now: Date },
): Promise<Session> {
  try {
    const { Account = "", Arn = "" } = await transport("sts:GetCallerIdentity", {}, region);
    if (Account !== accountId) {
      throw new UserError(
        "wrong-account",
        `The session is of account ${Account}, and the stack file is for ${accountId} (aws:allowedAccountIds).`,
        "Sign in to that account (AWS_PROFILE), or name the other environment.",
      );
    }
    const end = await expiry();
    return {
      accountId: Account,
      arn: Arn,
      minutesLeft: end === undefined ? undefined : Math.max(0, Math.floor((end.getTime() - now.getTime()) / 60_000)),
    };
  } catch (error) {
    throw error instanceof UserError ? error : explained(error, region);
  }
}
