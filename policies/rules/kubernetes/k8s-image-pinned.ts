import { parseImage } from "../../lib/image.ts";
import { containersOf, podRule } from "../../lib/pod.ts";

export const k8sImagePinned = podRule({
  name: "k8s-image-pinned",
  description: "Images are named by digest: what was tested is what runs, and a moved tag changes nothing.",
  severity: "high",
  checklist: ["CLUS-10", "DEPL-17"],
  url: "https://kubernetes.io/docs/concepts/containers/images/",
  remediation: "Name the image with @sha256:<digest>.",
  checkPod(pod, report) {
    for (const { container, at } of containersOf(pod)) {
      if (container.image === undefined) {
        if (!pod.partial)
          report({ property: `${at}.image`, found: "nothing", required: "an image with @sha256: digest" });
        continue;
      }
      const { digest } = parseImage(container.image);
      if (digest === undefined || !/^sha256:[0-9a-f]{64}$/.test(digest)) {
        report({ property: `${at}.image`, found: container.image, required: "an image with @sha256: digest" });
      }
    }
  },
});
