import type { StackConfig } from "../../../config/schema.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

function judgeConnection({ access }: StackConfig, answer: OutcomeOf<"codeconnections:GetConnection">): Line {
  const part = {
    what: "Connection to GitHub",
    needed: `${access.runner.connectionArn.split("/").at(-1) ?? ""} is AVAILABLE`,
  };
  if (isRefusal(answer)) return unasked(part, answer);
  const status = valueOf(answer)?.Connection?.ConnectionStatus;
  if (status === "AVAILABLE") return ok(part, status);
  return status === undefined
    ? blocks(
        part,
        "no such connection",
        "Make one in the console (Developer Tools, Connections), approve it, and put its ARN into access.runner.connectionArn.",
      )
    : blocks(
        part,
        status,
        "Approve it in the console (Developer Tools, Connections, Update pending connection): only a person can.",
      );
}

function judgeCredentials(answer: OutcomeOf<"codebuild:ListSourceCredentials">): Line {
  const part = { what: "CodeBuild's way to GitHub", needed: "none of the account's own, or by a connection" };
  if (isRefusal(answer)) return unasked(part, answer);
  const others = (valueOf(answer)?.sourceCredentialsInfos ?? []).filter(
    ({ serverType, authType }) => serverType === "GITHUB" && authType !== "CODECONNECTIONS",
  );
  return others.length === 0
    ? ok(part, "nothing else")
    : advice(
        part,
        `${others.map(({ authType }) => authType ?? "unknown").join(", ")} for GitHub`,
        "The webhook may use it instead of the connection: aws codebuild delete-source-credentials, when nothing else needs it.",
      );
}

/** The ways that a person has to approve before the runner can be made. */
export const connectionsCheck = defineCheck({
  id: "connections",
  subject: "Roles and connections",
  source: "https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html",
  gather: async ({ config: { access, environment } }, { ask }) => {
    const [connection, credentials] = await Promise.all([
      ask("codeconnections:GetConnection", { ConnectionArn: access.runner.connectionArn }, environment.region),
      ask("codebuild:ListSourceCredentials", {}, environment.region),
    ]);
    return { connection, credentials };
  },
  judge: ({ config }, { connection, credentials }) => [
    judgeConnection(config, connection),
    judgeCredentials(credentials),
  ],
});
