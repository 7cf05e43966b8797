import { functionName } from "../../../core/names.ts";
import { UNRESERVED_EXECUTIONS } from "../../../standards/quotas.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { refusalOf, valueOf } from "../outcome.ts";

/** What the function that rotates secrets keeps for itself: components/secrets/rotation.ts */
const RESERVED = 2;

interface Answers {
  readonly settings: OutcomeOf<"lambda:GetAccountSettings">;
  readonly reserved: OutcomeOf<"lambda:GetFunctionConcurrency">;
}

function judgeConcurrency({ settings, reserved }: Answers): Line {
  const part = {
    what: "Concurrent executions of Lambda",
    needed: `${RESERVED} may be reserved: ${UNRESERVED_EXECUTIONS.usual + RESERVED}, or ${UNRESERVED_EXECUTIONS.newAccount + RESERVED} in a small account`,
  };
  const refusal = refusalOf(settings, reserved);
  if (refusal !== undefined) return unasked(part, refusal);
  const limit = valueOf(settings)?.AccountLimit;
  const all = limit?.ConcurrentExecutions ?? 0;
  const unreserved = limit?.UnreservedConcurrentExecutions ?? all;
  const ours = valueOf(reserved)?.ReservedConcurrentExecutions ?? 0;
  const floor = all < UNRESERVED_EXECUTIONS.usual ? UNRESERVED_EXECUTIONS.newAccount : UNRESERVED_EXECUTIONS.usual;
  const found = `${all} in all, ${unreserved} unreserved`;
  if (unreserved + ours - RESERVED >= floor) return ok(part, found);
  return blocks(
    part,
    found,
    "Lambda refuses the reservation, and no secret would be rotated: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000",
  );
}

/** Concurrency of Lambda. New accounts start with 10, while Service Quotas shows 1,000: Lambda itself is asked. */
export const concurrencyCheck = defineCheck({
  id: "lambda-concurrency",
  subject: "Quotas",
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
  gather: async ({ config: { environment } }, { ask }): Promise<Answers> => {
    const [settings, reserved] = await Promise.all([
      ask("lambda:GetAccountSettings", {}, environment.region),
      ask(
        "lambda:GetFunctionConcurrency",
        { FunctionName: functionName(environment, "secret-rotation") },
        environment.region,
      ),
    ]);
    return { settings, reserved };
  },
  judge: (_target, answers) => [judgeConcurrency(answers)],
});
