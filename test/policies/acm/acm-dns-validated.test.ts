import { describe, expect, it } from "vitest";

import { acmDnsValidated } from "../../../policies/rules/acm/acm-dns-validated.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:acm/certificate:Certificate";

describe(acmDnsValidated.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    { title: "accepts a certificate that is proven by DNS", props: { validationMethod: "DNS" }, findings: [] },
    {
      title: "accepts strong keys and the public log",
      props: {
        validationMethod: "DNS",
        keyAlgorithm: "EC_prime256v1",
        options: { certificateTransparencyLoggingPreference: "ENABLED" },
      },
      findings: [],
    },
    {
      title: "accepts an imported certificate, which was proven elsewhere",
      props: { privateKey: "key", certificateBody: "body" },
      findings: [],
    },
    {
      title: "rejects a proof by mail, which a person must renew",
      props: { validationMethod: "EMAIL" },
      findings: ["validationMethod is EMAIL, required DNS"],
    },
    { title: "rejects an absent method", props: {}, findings: ["validationMethod is nothing, required DNS"] },
    {
      title: "rejects a certificate outside the public logs",
      props: { validationMethod: "DNS", options: { certificateTransparencyLoggingPreference: "DISABLED" } },
      findings: ["options.certificateTransparencyLoggingPreference is DISABLED, required ENABLED or absent"],
    },
    {
      title: "rejects a weak key",
      props: { validationMethod: "DNS", keyAlgorithm: "RSA_1024" },
      findings: [
        "keyAlgorithm is RSA_1024, required one of EC_prime256v1, EC_secp384r1, EC_secp521r1, RSA_2048, RSA_3072, RSA_4096",
      ],
    },
    {
      title: "is undetermined while the method is unknown",
      props: { validationMethod: UNKNOWN },
      findings: ["undetermined: validationMethod"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(acmDnsValidated, TYPE, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(acmDnsValidated, "aws:acm/certificateValidation:CertificateValidation", {})).toEqual([]);
  });

  it("rejects a certificate that is deleted before its successor is there", async () => {
    expect(
      await evaluate(acmDnsValidated, TYPE, { validationMethod: "DNS" }, { options: { deleteBeforeReplace: true } }),
    ).toEqual(["(options) deleteBeforeReplace is true, required false or absent"]);
  });
});
