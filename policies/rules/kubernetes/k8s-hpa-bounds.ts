import { show } from "../../../core/finding.ts";
import { KUBERNETES } from "../../../standards/kubernetes.ts";
import { resourceRule } from "../../lib/rule.ts";

interface HpaProps {
  readonly spec?: {
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
    readonly metrics?: readonly {
      readonly resource?: { readonly name?: string; readonly target?: { readonly averageUtilization?: number } };
    }[];
  };
}

export const k8sHpaBounds = resourceRule<HpaProps>({
  name: "k8s-hpa-bounds",
  description: `Autoscalers keep at least ${KUBERNETES.minReplicas} pods, can add some, and do so before ${KUBERNETES.maxScalingTargetPercent} % of the request is used.`,
  severity: "medium",
  checklist: ["CLUS-03", "CLUS-04"],
  url: "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",
  remediation: "Set scaling.minReplicas, scaling.maxReplicas and the targets of the service in the catalogue.",
  types: [
    "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    "kubernetes:autoscaling/v2:HorizontalPodAutoscalerPatch",
  ],
  check({ spec }, report, { type }) {
    const partial = type.endsWith("Patch");
    const minimum = spec?.minReplicas;
    // Absent means 1.
    if ((minimum ?? 1) < KUBERNETES.minReplicas && !(partial && minimum === undefined)) {
      report({ property: "spec.minReplicas", found: show(minimum), required: `at least ${KUBERNETES.minReplicas}` });
    }
    const maximum = spec?.maxReplicas;
    if (maximum !== undefined && maximum <= (minimum ?? 1)) {
      report({
        property: "spec.maxReplicas",
        found: String(maximum),
        required: `more than minReplicas (${minimum ?? 1})`,
      });
    }
    for (const [index, { resource }] of (spec?.metrics ?? []).entries()) {
      const target = resource?.target?.averageUtilization;
      if (target !== undefined && target > KUBERNETES.maxScalingTargetPercent) {
        report({
          property: `spec.metrics[${index}] ${resource?.name ?? ""}`,
          found: `${target} %`,
          required: `at most ${KUBERNETES.maxScalingTargetPercent} %`,
        });
      }
    }
  },
});
