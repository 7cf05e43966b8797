import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

/**
 * Chatbot's API answers in four regions, each for the whole account.
 * @see https://docs.aws.amazon.com/general/latest/gr/chatbot.html
 */
const CHATBOT_REGION = "us-east-2";

/** The Slack workspace, which an administrator authorises once by hand. */
export const chatCheck = defineCheck({
  id: "chat",
  subject: "Roles and connections",
  source: "https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html",
  requirements: ["MON-22"],
  gather: async ({ config: { notify } }, { ask }) =>
    notify.slack === null ? undefined : await ask("chatbot:DescribeSlackWorkspaces", {}, CHATBOT_REGION),
  judge: ({ config: { notify } }, answer): readonly Line[] => {
    if (notify.slack === null || answer === undefined) return [];
    const { workspaceId } = notify.slack;
    const part = { what: "Slack workspace", needed: `${workspaceId} is authorised` };
    if (isRefusal(answer)) return [unasked(part, answer)];
    const workspaces = valueOf(answer)?.SlackWorkspaces ?? [];
    const found = workspaces.find(({ SlackTeamId }) => SlackTeamId === workspaceId);
    if (found?.State === "DISABLED")
      return [
        blocks(part, "disabled by the organisation's policy", "Ask the organisation to allow chat applications."),
      ];
    if (found !== undefined) return [ok(part, "authorised")];
    const others = workspaces.map(({ SlackTeamId }) => SlackTeamId).toSorted();
    return [
      blocks(
        part,
        others.length === 0 ? "no workspace" : `only ${others.join(", ")}`,
        "Authorise it in the console of Amazon Q Developer in chat applications (docs/notifications.md), or correct notify.slack.workspaceId.",
      ),
    ];
  },
});
