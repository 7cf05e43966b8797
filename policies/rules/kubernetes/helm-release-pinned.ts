import { show } from "../../../core/finding.ts";
import { KUBERNETES } from "../../../standards/kubernetes.ts";
import { resourceRule } from "../../lib/rule.ts";

interface ReleaseProps {
  readonly chart?: string;
  readonly version?: string;
  readonly repositoryOpts?: { readonly repo?: string };
  readonly atomic?: boolean;
  readonly maxHistory?: number;
}

interface Config {
  readonly allowedRepositories: readonly string[];
}

/** Whether an address is an allowed one or lies below it, on a path boundary. */
const below = (address: string, allowed: string) => address === allowed || address.startsWith(`${allowed}/`);

export const helmReleasePinned = resourceRule<ReleaseProps>({
  name: "helm-release-pinned",
  description:
    "Helm releases name an exact chart version from an allowed repository and roll back as a whole when they fail: what is inside them no other rule sees.",
  severity: "high",
  checklist: ["DEPL-05", "DEPL-17", "ROLL-17"],
  url: "https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/",
  remediation: "Set version, repositoryOpts.repo (or an oci:// chart), atomic: true and a maxHistory above zero.",
  types: ["kubernetes:helm.sh/v3:Release"],
  config: {
    properties: {
      allowedRepositories: {
        type: "array",
        items: { type: "string" },
        default: [...KUBERNETES.chartRepositories],
        description: "Repositories from which charts may come; what lies below them is allowed too.",
      },
    },
  },
  check(release, report, { config }) {
    if (!/^v?\d+\.\d+\.\d+(?:[-+][\w.-]+)?$/.test(release.version ?? "")) {
      report({ property: "version", found: show(release.version), required: "an exact version, for instance 1.2.3" });
    }
    const allowed = config<Config>().allowedRepositories ?? KUBERNETES.chartRepositories;
    const source = release.chart?.startsWith("oci://") === true ? release.chart : release.repositoryOpts?.repo;
    if (source === undefined || !allowed.some((entry) => below(source, entry))) {
      report({ property: "repositoryOpts.repo", found: show(source), required: "one of the allowed repositories" });
    }
    // Absent means that a failed release stays as it is, half done.
    if (release.atomic !== true) report({ property: "atomic", found: show(release.atomic), required: "true" });
    // Zero keeps every revision for ever.
    if (release.maxHistory === undefined || release.maxHistory < 1) {
      report({ property: "maxHistory", found: show(release.maxHistory), required: "1 or more revisions" });
    }
  },
});
