import type { CertificateArgs } from "@pulumi/aws/acm/index.js";

import { show } from "../../../core/finding.ts";
import { CERTIFICATE } from "../../../standards/certificate.ts";
import { isSet } from "../../lib/is-set.ts";
import { resourceRule } from "../../lib/rule.ts";

const STRONG = CERTIFICATE.secureKeyAlgorithms;

export const acmDnsValidated = resourceRule<CertificateArgs>({
  name: "acm-dns-validated",
  description:
    "Certificates are proven by DNS, so that they renew by themselves, stand in the public logs, have strong keys, and are replaced before they go.",
  severity: "medium",
  checklist: ["NET-03", "SEC-01"],
  url: "https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html",
  remediation: "Set validationMethod to DNS, leave the transparency log on, and do not set deleteBeforeReplace.",
  types: ["aws:acm/certificate:Certificate"],
  check(certificate, report, { options }) {
    // An imported certificate was proven elsewhere, and one of a private authority needs no proof.
    const proven =
      isSet(certificate, "privateKey") ||
      isSet(certificate, "privateKeyWo") ||
      isSet(certificate, "certificateAuthorityArn");
    if (!proven && certificate.validationMethod !== "DNS") {
      report({ property: "validationMethod", found: show(certificate.validationMethod), required: "DNS" });
    }
    // Absent means enabled.
    if (certificate.options?.certificateTransparencyLoggingPreference === "DISABLED") {
      report({
        property: "options.certificateTransparencyLoggingPreference",
        found: "DISABLED",
        required: "ENABLED or absent",
      });
    }
    // Absent means RSA_2048.
    const { keyAlgorithm } = certificate;
    if (keyAlgorithm !== undefined && !STRONG.some((strong) => strong === keyAlgorithm)) {
      report({ property: "keyAlgorithm", found: show(keyAlgorithm), required: `one of ${STRONG.join(", ")}` });
    }
    if (options.deleteBeforeReplace === true) {
      report({
        property: "(options) deleteBeforeReplace",
        found: "true",
        required: "false or absent",
        fix: "Remove it: listeners would be without a certificate.",
      });
    }
  },
});
