import type { RepositoryArgs } from "@pulumi/aws/ecr/index.js";

import { show } from "../../../core/finding.ts";
import { resourceRule } from "../../lib/rule.ts";

export const ecrImmutableScanned = resourceRule<RepositoryArgs>({
  name: "ecr-immutable-scanned",
  description:
    "A tag never changes its image, every image is scanned when it arrives and encrypted under a customer key, and a repository with images is not deleted.",
  severity: "high",
  checklist: ["SEC-29", "SEC-14", "CLUS-10"],
  url: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
  remediation:
    'Set imageTagMutability "IMMUTABLE", imageScanningConfiguration.scanOnPush true and encryptionType "KMS"; leave forceDelete off.',
  types: ["aws:ecr/repository:Repository"],
  check(repository, report) {
    // Absent means MUTABLE; IMMUTABLE_WITH_EXCLUSION names its exceptions.
    if (repository.imageTagMutability?.startsWith("IMMUTABLE") !== true) {
      report({ property: "imageTagMutability", found: show(repository.imageTagMutability), required: "IMMUTABLE" });
    }
    const scanOnPush = repository.imageScanningConfiguration?.scanOnPush;
    if (scanOnPush !== true)
      report({ property: "imageScanningConfiguration.scanOnPush", found: show(scanOnPush), required: "true" });
    // Absent means AES256 with a key of AWS.
    const type = repository.encryptionConfigurations?.[0]?.encryptionType;
    if (type?.startsWith("KMS") !== true)
      report({ property: "encryptionConfigurations[0].encryptionType", found: show(type), required: "KMS" });
    if (repository.forceDelete === true) report({ property: "forceDelete", found: "true", required: "false" });
  },
});
