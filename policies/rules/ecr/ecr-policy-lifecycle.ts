import type { RepositoryArgs, RepositoryPolicyArgs } from "@pulumi/aws/ecr/index.js";

import { reportOpenStatements } from "../../lib/resource-policy.ts";
import { stackRule } from "../../lib/rule.ts";

export const ecrPolicyLifecycle = stackRule<RepositoryArgs>({
  name: "ecr-policy-lifecycle",
  description:
    "A repository lets in whom it names, and drops images that nobody needs: old images are known weaknesses that can still be started.",
  severity: "medium",
  checklist: ["SEC-29", "CLUS-10"],
  url: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html",
  remediation: "Add a LifecyclePolicy for the repository, and name accounts or roles in its RepositoryPolicy.",
  type: "aws:ecr/repository:Repository",
  check(repository, stack, report) {
    if (stack.referring("aws:ecr/lifecyclePolicy:LifecyclePolicy", "repository", repository).length === 0) {
      report({ property: "(lifecycle policy)", found: "nothing", required: "a lifecycle policy" });
    }
    // Without a policy only this account gets in.
    for (const { props } of stack.referring<Pick<RepositoryPolicyArgs, "policy">>(
      "aws:ecr/repositoryPolicy:RepositoryPolicy",
      "repository",
      repository,
    )) {
      reportOpenStatements(props.policy, "(repository policy)", report);
    }
  },
});
