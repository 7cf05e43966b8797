import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";
import { regionsOf } from "./regions.ts";

/** What SNS spends on text messages in a month, in US dollars, before an account asks for more. */
const FIRST_SPEND_USD = 1;

interface Answers {
  readonly region: string;
  readonly sandbox: OutcomeOf<"sns:GetSMSSandboxAccountStatus">;
  readonly attributes: OutcomeOf<"sns:GetSMSAttributes">;
}

function judgeRegion({ region, sandbox, attributes }: Answers): Line[] {
  const outside = { what: `Text messages from ${region}`, needed: "out of the sandbox" };
  const spend = { what: `Spending on messages in ${region}`, needed: `more than ${FIRST_SPEND_USD} USD a month` };
  const limit = Number(valueOf(attributes)?.attributes?.["MonthlySpendLimit"] ?? FIRST_SPEND_USD);
  return [
    isRefusal(sandbox)
      ? unasked(outside, sandbox)
      : valueOf(sandbox)?.IsInSandbox === false
        ? ok(outside, "out of it")
        : advice(
            outside,
            "in the sandbox: only verified numbers get any",
            "Verify the numbers of notify.smsNumbers, or ask support to move the account out of the SMS sandbox.",
          ),
    isRefusal(attributes)
      ? unasked(spend, attributes)
      : limit > FIRST_SPEND_USD
        ? ok(spend, `${limit} USD`)
        : advice(
            spend,
            `${limit} USD: some twenty messages`,
            "Ask for a higher SMS spend limit (Service Quotas, AWS End User Messaging).",
          ),
  ];
}

/** Whether text messages reach anybody: a new account sends to verified numbers only, and for a dollar a month. */
export const textMessagesCheck = defineCheck({
  id: "text-messages",
  subject: "Switches",
  source: "https://docs.aws.amazon.com/sns/latest/dg/sns-sms-sandbox.html",
  requirements: ["MON-22"],
  gather: ({ config }, { ask }) =>
    Promise.all(
      (config.notify.smsNumbers.length === 0 ? [] : [...regionsOf(config).keys()]).map(async (region) => {
        const [sandbox, attributes] = await Promise.all([
          ask("sns:GetSMSSandboxAccountStatus", {}, region),
          ask("sns:GetSMSAttributes", { attributes: ["MonthlySpendLimit"] }, region),
        ]);
        return { region, sandbox, attributes };
      }),
    ),
  judge: (_target, answers) => answers.flatMap(judgeRegion),
});
