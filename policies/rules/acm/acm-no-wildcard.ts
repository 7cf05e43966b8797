import type { CertificateArgs } from "@pulumi/aws/acm/index.js";

import { resourceRule } from "../../lib/rule.ts";

interface Config {
  /** Wildcard names that are meant, for instance "*.apps.example.com". */
  readonly allowed: readonly string[];
}

export const acmNoWildcard = resourceRule<CertificateArgs>({
  name: "acm-no-wildcard",
  description:
    "Certificates name the hosts they are for: whoever gets hold of a wildcard's key can stand in for every host of the domain.",
  severity: "low",
  checklist: ["NET-03", "SEC-01"],
  url: "https://docs.aws.amazon.com/acm/latest/userguide/acm-best-practices.html",
  remediation: "List the hosts by name, or allow the wildcard in the rule's configuration.",
  types: ["aws:acm/certificate:Certificate"],
  config: {
    properties: {
      allowed: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: 'Wildcard names that are meant, for instance "*.apps.example.com".',
      },
    },
  },
  check(certificate, report, { config }) {
    const allowed = config<Config>().allowed ?? [];
    const judge = (name: string | undefined, property: string) => {
      if (name?.startsWith("*.") !== true || allowed.includes(name)) return;
      report({ property, found: name, required: "a host by name, or an allowed wildcard" });
    };
    judge(certificate.domainName, "domainName");
    for (const [index, name] of (certificate.subjectAlternativeNames ?? []).entries())
      judge(name, `subjectAlternativeNames[${index}]`);
  },
});
