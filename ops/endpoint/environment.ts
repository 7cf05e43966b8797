import { UserError } from "../../cli/errors.ts";
import { parseStack } from "../../config/parse.ts";
import { formatProblems } from "../../config/problems/problem.ts";
import type { StackConfig } from "../../config/schema.ts";
import { isRecord } from "../../core/records.ts";
import { readYamlMap } from "../../preview/project.ts";

/** The configuration that a stack file says; throws a {@link UserError} with all that is wrong with it. */
export function readEnvironment(root: string, name: string): StackConfig {
  const file = `Pulumi.${name}.yaml`;
  const { config } = readYamlMap(root, file);
  const values = isRecord(config) ? config : {};
  const result = parseStack({
    region: values["aws:region"],
    allowedAccountIds: values["aws:allowedAccountIds"],
    settings: values["preflight:settings"],
    keys: Object.keys(values),
  });
  if (!result.ok) throw new UserError("stack-file-invalid", formatProblems(file, result.problems));
  return result.config;
}
