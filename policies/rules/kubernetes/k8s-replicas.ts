import { KUBERNETES } from "../../../standards/kubernetes.ts";
import { given } from "../../lib/is-set.ts";
import type { WorkloadProps } from "../../lib/pod.ts";
import { stackRule } from "../../lib/rule.ts";
import { writtenBy } from "../../lib/stack-view.ts";
import { autoscalerOf, minReplicasOf, REPLICATED_TYPES } from "../../lib/workload.ts";

/** Annotation by which a workload says why it is alone, for instance a consumer that must not run twice. */
const REASON = "preflight.dev/single-replica-reason";

export const k8sReplicas = stackRule<WorkloadProps>({
  name: "k8s-replicas",
  description: `Every service runs at least ${KUBERNETES.minReplicas} pods, kept by an autoscaler, or says why not: one pod means an outage with every change of its node.`,
  severity: "medium",
  checklist: ["CLUS-03", "CLUS-04", "DEPL-03"],
  url: "https://kubernetes.io/docs/concepts/workloads/autoscaling/",
  remediation: `Set scaling.minReplicas of the service to ${KUBERNETES.minReplicas} or more, or annotate ${REASON}.`,
  type: REPLICATED_TYPES,
  check(workload, stack, report) {
    if ((workload.props.metadata?.annotations?.[REASON] ?? "").trim().length >= 10) return;
    const scaler = autoscalerOf(workload, stack);
    const count = minReplicasOf(workload, stack);
    if (count < KUBERNETES.minReplicas) {
      report({
        property: scaler === undefined ? "spec.replicas" : `(autoscaler ${scaler.name}).minReplicas`,
        found: String(count),
        required: `at least ${KUBERNETES.minReplicas}`,
      });
    }
    if (scaler === undefined) {
      report({ property: "(autoscaler)", found: "nothing", required: "an autoscaler that targets the workload" });
      return;
    }
    // Asked of the program's own words: in the live object the API server has set a number, and the autoscaler another.
    const own = given(writtenBy(workload).spec?.replicas);
    if (own !== undefined) {
      report({
        property: "spec.replicas",
        found: String(own),
        required: "absent: the autoscaler decides, each deployment would undo it",
      });
    }
  },
});
