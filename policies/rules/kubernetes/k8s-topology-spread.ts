import { podRule } from "../../lib/pod.ts";

const ZONE = "topology.kubernetes.io/zone";

export const k8sTopologySpread = podRule({
  name: "k8s-topology-spread",
  description: "Pods of a service spread over zones, so that the loss of one zone takes only its share.",
  severity: "low",
  checklist: ["CLUS-04"],
  url: "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
  remediation: `Add a topologySpreadConstraint with topologyKey ${ZONE} and the pod's own labels.`,
  checkPod({ spec, at, labels, partial, longRunning }, report, { type }) {
    // A daemon set runs on every node anyway; a patch changes what stands elsewhere.
    if (partial || !longRunning || type.includes("DaemonSet")) return;
    const anti = spec.affinity?.podAntiAffinity;
    if (
      (
        anti?.requiredDuringSchedulingIgnoredDuringExecution ??
        anti?.preferredDuringSchedulingIgnoredDuringExecution ??
        []
      ).length > 0
    )
      return;
    const zone = (spec.topologySpreadConstraints ?? []).find(({ topologyKey }) => topologyKey === ZONE);
    if (zone === undefined) {
      report({
        property: `${at}.topologySpreadConstraints`,
        found: "no constraint on zones",
        required: `one with topologyKey ${ZONE}`,
      });
      return;
    }
    const selector = Object.entries(zone.labelSelector?.matchLabels ?? {});
    if (selector.length === 0 || selector.some(([key, value]) => labels[key] !== value)) {
      report({
        property: `${at}.topologySpreadConstraints`,
        found: "a selector that does not match the pod's labels",
        required: "the pod's own labels",
      });
    }
  },
});
