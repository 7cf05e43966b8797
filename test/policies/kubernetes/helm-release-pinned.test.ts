import { describe, expect, it } from "vitest";

import { helmReleasePinned } from "../../../policies/rules/kubernetes/helm-release-pinned.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const release = (change: Record<string, unknown> = {}) => ({
  chart: "cert-manager",
  version: "v1.21.1",
  repositoryOpts: { repo: "https://charts.jetstack.io" },
  atomic: true,
  maxHistory: 5,
  ...change,
});

describe(helmReleasePinned.name, () => {
  it.each([
    { title: "accepts an exact version from an allowed repository", props: release(), findings: [] },
    {
      title: "accepts a chart below an allowed registry",
      props: release({
        chart: "oci://public.ecr.aws/karpenter/karpenter",
        version: "1.14.1",
        repositoryOpts: undefined,
      }),
      findings: [],
    },
    {
      title: "rejects a range",
      props: release({ version: "^1.21.0" }),
      findings: ["version is ^1.21.0, required an exact version, for instance 1.2.3"],
    },
    {
      title: "rejects an absent version, which Helm reads as the newest",
      props: release({ version: undefined }),
      findings: ["version is nothing, required an exact version, for instance 1.2.3"],
    },
    {
      title: "rejects another repository",
      props: release({ repositoryOpts: { repo: "https://charts.jetstack.io.evil.example" } }),
      findings: [
        "repositoryOpts.repo is https://charts.jetstack.io.evil.example, required one of the allowed repositories",
      ],
    },
    {
      title: "rejects a registry that only begins alike",
      props: release({ chart: "oci://public.ecr.aws/karpenter-evil/karpenter", version: "1.0.0" }),
      findings: [
        "repositoryOpts.repo is oci://public.ecr.aws/karpenter-evil/karpenter, required one of the allowed repositories",
      ],
    },
    {
      title: "rejects an absent atomic, which leaves failures half done",
      props: release({ atomic: undefined }),
      findings: ["atomic is nothing, required true"],
    },
    {
      title: "rejects a history of zero, which keeps every revision",
      props: release({ maxHistory: 0 }),
      findings: ["maxHistory is 0, required 1 or more revisions"],
    },
    {
      title: "is undetermined while the version is unknown",
      props: release({ version: UNKNOWN }),
      findings: ["undetermined: version"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(helmReleasePinned, RELEASE, props)).toEqual(findings);
  });

  it("takes the repositories from its configuration", async () => {
    expect(
      await evaluate(helmReleasePinned, RELEASE, release(), {
        config: { allowedRepositories: ["https://charts.example.com"] },
      }),
    ).toHaveLength(1);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(helmReleasePinned, "kubernetes:core/v1:ConfigMap", {})).toEqual([]);
  });
});
