import { show } from "../../../core/finding.ts";
import type { Metadata } from "../../lib/pod.ts";
import { POD_TYPES } from "../../lib/pod.ts";
import { resourceRule } from "../../lib/rule.ts";

const OTHERS = [
  "kubernetes:core/v1:ConfigMap",
  "kubernetes:core/v1:Secret",
  "kubernetes:core/v1:Service",
  "kubernetes:core/v1:ServiceAccount",
];

export const k8sNotDefaultNamespace = resourceRule<{ readonly metadata?: Metadata }>({
  name: "k8s-not-default-namespace",
  description:
    "Objects name a namespace, and not the default one: quota, network policies and Pod Security hang on namespaces.",
  severity: "low",
  checklist: ["CLUS-09"],
  url: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
  remediation: "Set metadata.namespace to one of the environment's namespaces.",
  types: ["kubernetes:core/v1:ConfigMap", ...OTHERS.slice(1), ...POD_TYPES],
  check(object, report) {
    const namespace = object.metadata?.namespace;
    if (namespace === undefined || namespace === "" || namespace === "default") {
      report({ property: "metadata.namespace", found: show(namespace), required: "a namespace other than default" });
    }
  },
});
