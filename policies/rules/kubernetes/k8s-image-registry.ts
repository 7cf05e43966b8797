import { KUBERNETES } from "../../../standards/kubernetes.ts";
import { isFrom, parseImage } from "../../lib/image.ts";
import { containersOf, podRule } from "../../lib/pod.ts";

interface Config {
  readonly allowedRegistries: readonly string[];
}

export const k8sImageRegistry = podRule({
  name: "k8s-image-registry",
  description: "Images come from registries that we scan or trust; others can change or vanish without notice.",
  severity: "high",
  checklist: ["CLUS-10", "SEC-29"],
  url: "https://kubernetes.io/docs/concepts/containers/images/",
  remediation:
    "Copy the image into the environment's own registry, or add the registry to the rule's allowedRegistries.",
  config: {
    properties: {
      allowedRegistries: {
        type: "array",
        items: { type: "string" },
        default: [...KUBERNETES.imageRegistries],
        description: "Allowed host or host/path prefixes; * stands for one label or segment.",
      },
    },
  },
  checkPod(pod, report, subject) {
    const allowed = subject.config<Config>().allowedRegistries ?? KUBERNETES.imageRegistries;
    for (const { container, at } of containersOf(pod)) {
      if (container.image === undefined) continue;
      const image = parseImage(container.image);
      if (allowed.some((prefix) => isFrom(image, prefix))) continue;
      report({
        property: `${at}.image`,
        found: `${image.host}/${image.repository}`,
        required: `an image from ${allowed.join(", ")}`,
      });
    }
  },
});
