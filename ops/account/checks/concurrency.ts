import { EXECUTIONS_AT_ONCE } from "../../../standards/quotas.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, defineCheck, ok, unasked } from "../check.ts";
import { refusalOf, valueOf } from "../outcome.ts";

function judgeConcurrency(settings: OutcomeOf<"lambda:GetAccountSettings">): Line {
  const part = {
    what: "Concurrent executions of Lambda",
    needed: `${EXECUTIONS_AT_ONCE}: several secrets rotate at a time, and nothing is reserved`,
  };
  const refusal = refusalOf(settings);
  if (refusal !== undefined) return unasked(part, refusal);
  const limit = valueOf(settings)?.AccountLimit;
  const all = limit?.ConcurrentExecutions ?? 0;
  const unreserved = limit?.UnreservedConcurrentExecutions ?? all;
  const found = `${all} in all, ${unreserved} unreserved`;
  if (unreserved >= EXECUTIONS_AT_ONCE) return ok(part, found);
  return advice(
    part,
    found,
    "Functions would wait for each other: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000",
  );
}

/** Concurrency of Lambda. New accounts start with 10, while Service Quotas shows 1,000: Lambda itself is asked. */
export const concurrencyCheck = defineCheck({
  id: "lambda-concurrency",
  subject: "Quotas",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
  gather: ({ config: { environment } }, { ask }) => ask("lambda:GetAccountSettings", {}, environment.region),
  judge: (_target, settings) => [judgeConcurrency(settings)],
});
