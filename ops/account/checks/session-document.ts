import type { Line } from "../check.ts";
import { advice, blocks, defineCheck, ok, unasked } from "../check.ts";
import { askNetworks, hasBegun } from "../ours.ts";
import { refusalOf } from "../outcome.ts";

/** The one document by which a region keeps the preferences of Session Manager. */
const DOCUMENT = "SSM-SessionManagerRunShell";

/** Session Manager's preferences: the document is there as soon as somebody has saved them in the console. */
export const sessionDocumentCheck = defineCheck({
  id: "session-document",
  subject: "Once an account or region",
  source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-preferences-cli.html",
  gather: async ({ config: { environment } }, { ask }) => {
    const [document, networks] = await Promise.all([
      ask("ssm:DescribeDocument", { Name: DOCUMENT }, environment.region),
      askNetworks(ask, environment),
    ]);
    return { document, networks };
  },
  judge: ({ config: { access, environment } }, { document, networks }): readonly Line[] => {
    const left = access.sessions.preferences === "existing";
    const part = {
      what: "Session Manager's preferences",
      needed: left ? "somebody's, as the stack file says" : "none yet, or this environment's",
    };
    const refusal = refusalOf(document, networks);
    if (refusal !== undefined) return [unasked(part, refusal)];
    if (left) {
      return document.kind === "absent"
        ? [advice(part, "none", "Let the stack make them: access.sessions.preferences: stack.")]
        : [ok(part, DOCUMENT)];
    }
    if (document.kind === "absent") return [ok(part, "none yet")];
    if (hasBegun(environment, networks) === true) return [ok(part, `${DOCUMENT}, since the environment has begun`)];
    return [
      blocks(
        part,
        DOCUMENT,
        `Leave it to its owner (access.sessions.preferences: existing), or delete it when nobody relies on it: aws ssm delete-document --name ${DOCUMENT}.`,
      ),
    ];
  },
});
