import type { ResourceValidationPolicy } from "@pulumi/policy";

/** Logical name of the program's question; it is part of the contract between program and pack. */
const QUESTION = "policy-guard";

/**
 * Answers the program's question whether the pack judges this run: the program registers a Stash that says "absent:…",
 * a remediation says "present:…" instead, and the program reads it back. No flag or variable can claim that instead.
 * A configuration that sets `all` to another level switches the answer off, and with it the deployment of production.
 */
export const policyPackAttached: ResourceValidationPolicy = {
  name: "policy-pack-attached",
  description:
    "Tells the program that this pack judges the run, so that an unjudged deployment of production can be refused.",
  severity: "high",
  enforcementLevel: "remediate",
  tags: ["IAC-04", "COMP-06"],
  url: "https://www.pulumi.com/docs/insights/policy/policy-packs/authoring/",
  remediationSteps:
    "Load .envrc before pulumi up, or start deployments with npm run up -- <environment>; both bring the pack.",
  remediateResource: Object.assign<
    NonNullable<ResourceValidationPolicy["remediateResource"]>,
    { __pulumiType: string }
  >(
    ({ name, props }) => {
      const question: unknown = props["input"];
      if (name !== QUESTION || typeof question !== "string") return undefined;
      props["input"] = question.replace(/^absent:/, "present:");
      return props;
    },
    { __pulumiType: "pulumi:index:Stash" },
  ),
};
