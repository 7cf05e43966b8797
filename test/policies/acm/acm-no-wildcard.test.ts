import { describe, expect, it } from "vitest";

import { acmNoWildcard } from "../../../policies/rules/acm/acm-no-wildcard.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:acm/certificate:Certificate";

describe(acmNoWildcard.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    {
      title: "accepts hosts by name",
      props: { domainName: "example.com", subjectAlternativeNames: ["www.example.com"] },
      findings: [],
    },
    { title: "accepts a certificate with one name", props: { domainName: "example.com" }, findings: [] },
    {
      title: "rejects a wildcard as main name",
      props: { domainName: "*.example.com" },
      findings: ["domainName is *.example.com, required a host by name, or an allowed wildcard"],
    },
    {
      title: "rejects a wildcard among the others",
      props: { domainName: "example.com", subjectAlternativeNames: ["www.example.com", "*.example.com"] },
      findings: ["subjectAlternativeNames[1] is *.example.com, required a host by name, or an allowed wildcard"],
    },
    {
      title: "is undetermined while a name is unknown",
      props: { domainName: UNKNOWN },
      findings: ["undetermined: domainName"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(acmNoWildcard, TYPE, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(acmNoWildcard, "aws:acm/certificateValidation:CertificateValidation", {})).toEqual([]);
  });

  it("accepts a wildcard that the configuration allows, and no other", async () => {
    const config = { allowed: ["*.apps.example.com"] };
    expect(await evaluate(acmNoWildcard, TYPE, { domainName: "*.apps.example.com" }, { config })).toEqual([]);
    expect(await evaluate(acmNoWildcard, TYPE, { domainName: "*.example.com" }, { config })).toHaveLength(1);
  });
});
