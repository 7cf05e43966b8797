import type { Context } from "../../cli/command.ts";
import { UserError } from "../../cli/errors.ts";
import { columnsOf, paintFor } from "../../cli/output.ts";
import { parseStack } from "../../config/parse.ts";
import { formatProblems } from "../../config/problems/problem.ts";
import type { StackConfig } from "../../config/schema.ts";
import { isRecord } from "../../core/records.ts";
import { readYamlMap } from "../../preview/project.ts";
import { awsTransport } from "./aws.ts";
import { checkAccount, ownWorld } from "./perform.ts";
import { wholePolicy } from "./policy.ts";
import { countsOf, jsonReport, textReport } from "./report.ts";

/** Columns of the report where no terminal says otherwise, and at most. */
const WIDTH = 120;

/** The stack file as it is judged for a deployment; throws a `UserError` for one that is not right. */
export function configurationOf(root: string, environment: string): StackConfig {
  const file = `Pulumi.${environment}.yaml`;
  const { config } = readYamlMap(root, file);
  const values = isRecord(config) ? config : {};
  const result = parseStack({
    region: values["aws:region"],
    allowedAccountIds: values["aws:allowedAccountIds"],
    settings: values["preflight:settings"],
    keys: Object.keys(values),
  });
  if (result.ok) return result.config;
  throw new UserError(
    "stack-file-invalid",
    formatProblems(file, result.problems).replace("nothing was registered", "nothing was asked"),
  );
}

/** Asks the account of an environment, and prints what was found; answers the exit code. */
export async function run(
  { environment, json, policy }: { readonly environment: string; readonly json: boolean; readonly policy: boolean },
  { home, output, progress, variables }: Context,
): Promise<number> {
  const config = configurationOf(home, environment);
  if (policy) {
    output.write(`${JSON.stringify(wholePolicy(config), undefined, 2)}\n`);
    return 0;
  }
  const counter = { asked: 0, answered: 0 };
  const clear = progress(() => `Asking AWS, ${counter.answered} of ${counter.asked} questions answered`);
  try {
    const aws = awsTransport({ region: config.environment.region, endpoint: variables["AWS_ENDPOINT_URL"] });
    const report = await checkAccount(config, { ...aws, world: ownWorld() }, new Date(), counter);
    clear();
    const width = Math.min(columnsOf(output, WIDTH), WIDTH);
    output.write(json ? jsonReport(report) : textReport(report, width, paintFor(output, variables)));
    return countsOf(report.findings).blocks > 0 ? 1 : 0;
  } finally {
    clear();
  }
}
