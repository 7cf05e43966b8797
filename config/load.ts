import * as pulumi from "@pulumi/pulumi";

import { parseStack } from "./parse.ts";
import { formatProblems, formatWarning } from "./problems/problem.ts";
import type { StackConfig } from "./schema.ts";

/**
 * The configuration of the stack that is being deployed; the only reader of `pulumi.Config`.
 * Throws an error without stack trace that lists every problem, before any resource was registered. What the file names
 * beyond our knowledge of AWS is said as a warning of the run, and stops nothing.
 */
export function loadConfig(): StackConfig {
  const aws = new pulumi.Config("aws");
  const result = parseStack({
    region: aws.get("region"),
    allowedAccountIds: aws.getObject("allowedAccountIds"),
    settings: new pulumi.Config("preflight").getObject("settings"),
    keys: Object.keys(pulumi.runtime.allConfig()),
  });
  const file = `Pulumi.${pulumi.getStack()}.yaml`;
  if (!result.ok) throw new pulumi.RunError(formatProblems(file, result.problems));
  for (const warning of result.warnings) void pulumi.log.warn(formatWarning(file, warning));
  return result.config;
}

/**
 * Why this one run may deploy production without the policy pack, from PREFLIGHT_UP_WITHOUT_POLICIES; undefined when it
 * is not set or empty. An environment variable, so that it cannot stay behind in a file.
 */
export function policyBypassReason(): string | undefined {
  const reason = process.env["PREFLIGHT_UP_WITHOUT_POLICIES"]?.trim();
  return reason === "" ? undefined : reason;
}

/** Whether the CLI was started with a policy pack as the default of every command: PULUMI_OPTION_POLICY_PACK is set. */
export function packByDefault(): boolean {
  return (process.env["PULUMI_OPTION_POLICY_PACK"] ?? "").trim() !== "";
}
