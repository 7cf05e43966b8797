import { describe, expect, it } from "vitest";

import { ecrPolicyLifecycle } from "../../../policies/rules/ecr/ecr-policy-lifecycle.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const repository = { type: "aws:ecr/repository:Repository", name: "api" };
const lifecycle = (of = "api") => ({
  type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
  name: `lifecycle-${of}`,
  refers: { repository: [of] },
});
const access = (policy: unknown) => ({
  type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
  name: "access",
  props: { policy },
  refers: { repository: ["api"] },
});
const allow = (Principal: unknown) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal, Action: "ecr:BatchGetImage" }] });

const nothing = "api: (lifecycle policy) is nothing, required a lifecycle policy";
const open =
  "api: (repository policy).Statement[0].Principal is everyone (*), required named principals, or a condition that names accounts";

describe(ecrPolicyLifecycle.name, () => {
  it.each([
    {
      title: "accepts a repository that drops old images and lets its account in only",
      stack: [repository, lifecycle()],
      findings: [],
    },
    {
      title: "accepts another account by name",
      stack: [repository, lifecycle(), access(allow({ AWS: "arn:aws:iam::444455556666:root" }))],
      findings: [],
    },
    { title: "rejects a repository that keeps everything", stack: [repository], findings: [nothing] },
    { title: "rejects everyone", stack: [repository, lifecycle(), access(allow("*"))], findings: [open] },
    {
      title: "does not take the lifecycle of another repository",
      stack: [repository, { ...repository, name: "worker" }, lifecycle("worker")],
      findings: [nothing],
    },
    {
      title: "is undetermined while the policy is unknown",
      stack: [repository, lifecycle(), access(UNKNOWN)],
      findings: ["undetermined: policy"],
    },
    { title: "is silent about a stack without repositories", stack: [access(allow("*"))], findings: [] },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(ecrPolicyLifecycle, stack)).toEqual(findings);
  });
});
