import type { ClusterArgs } from "@pulumi/aws/eks/index.js";

import { show } from "../../../core/finding.ts";
import { CLUSTER } from "../../../standards/cluster.ts";
import { resourceRule } from "../../lib/rule.ts";

interface Config {
  /** Day to judge for, year-month-day. */
  readonly today: string;
}

const LAST_DAYS: Readonly<Record<string, string>> = CLUSTER.endOfStandardSupport;

export const eksVersionSupported = resourceRule<ClusterArgs>({
  name: "eks-version-supported",
  description:
    "The cluster names its Kubernetes version, and EKS supports it without extra charge: an unnamed one changes by itself.",
  severity: "medium",
  checklist: ["CLUS-01", "OPS-03"],
  url: "https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html",
  remediation:
    "Upgrade one minor version at a time: control plane, then nodes. New versions belong into standards/facts/eks-versions.json.",
  types: ["aws:eks/cluster:Cluster"],
  config: {
    properties: {
      today: {
        type: "string",
        pattern: "^\\d{4}-\\d{2}-\\d{2}$",
        description: "Day to judge for; the default is the day of our calendar.",
        default: CLUSTER.calendarAsOf,
      },
    },
  },
  check({ version }, report, subject) {
    const { today = CLUSTER.calendarAsOf } = subject.config<Config>();
    const supported = Object.keys(LAST_DAYS).filter((known) => (LAST_DAYS[known] ?? "") >= today);
    const required = `one of ${supported.join(", ")}`;
    // Absent means the newest, whatever that is on the day.
    if (version === undefined) {
      report({ property: "version", found: "nothing", required });
      return;
    }
    const lastDay = LAST_DAYS[version];
    if (lastDay === undefined)
      report({ property: "version", found: `${show(version)}, which our calendar does not know`, required });
    else if (lastDay < today)
      report({ property: "version", found: `${show(version)}, supported until ${lastDay}`, required });
  },
});
