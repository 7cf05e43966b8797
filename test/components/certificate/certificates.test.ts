import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Certificates } from "../../../components/certificate/certificates.ts";
import { provenDomains, validationRecords } from "../../../components/certificate/names.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";

const CERTIFICATE = "aws:acm/certificate:Certificate";
const VALIDATION = "aws:acm/certificateValidation:CertificateValidation";
const RECORD = "aws:route53/record:Record";

describe("validationRecords", () => {
  it("lets a wildcard and its apex share one record", () => {
    expect(validationRecords({ cdn: ["example.com", "*.example.com"] })).toEqual([
      { domain: "example.com", certificate: "cdn" },
    ]);
  });

  it("lets certificates of several regions share the record of a common name", () => {
    expect(
      validationRecords({ cdn: ["example.com", "www.example.com"], regional: ["origin.example.com", "*.example.com"] }),
    ).toEqual([
      { domain: "example.com", certificate: "cdn" },
      { domain: "www.example.com", certificate: "cdn" },
      { domain: "origin.example.com", certificate: "regional" },
    ]);
  });

  it("strips the wildcard only, not what is below it", () => {
    expect(provenDomains(["*.apps.example.com", "apps.example.com", "a.apps.example.com"])).toEqual([
      "apps.example.com",
      "a.apps.example.com",
    ]);
  });
});

const certificates = (name: string, awaited: boolean) => {
  new Certificates(name, {
    settings: { keyAlgorithm: "EC_prime256v1", regionalNames: ["*.example.com"] },
    awaited,
    dns: { zoneId: pulumi.output("Z0ZONE"), originHost: "origin.example.com" },
    cdnDomains: ["example.com", "www.example.com"],
  });
};

describe("Certificates", () => {
  let resources: Registered[];
  beforeAll(async () => {
    resources = await deploy(() => {
      certificates("certificate", true);
      certificates("early", false);
    });
  });
  const waiting = (type: string) => ofType(resources, type).filter(({ name }) => name.startsWith("certificate"));

  it("asks for two certificates, the CDN's in us-east-1, and proves three names", () => {
    expect(
      waiting(CERTIFICATE)
        .map(({ name, inputs }) => `${name} ${String(inputs["region"])}`)
        .toSorted(),
    ).toEqual(["certificate-cdn us-east-1", "certificate-regional undefined"]);
    expect(
      waiting(RECORD)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(["certificate-example.com", "certificate-origin.example.com", "certificate-www.example.com"]);
    expect(waiting(VALIDATION)).toHaveLength(2);
  });

  it("keeps certificates in the public logs, with strong keys, proven by DNS", () => {
    for (const { inputs } of waiting(CERTIFICATE)) {
      expect(inputs).toMatchObject({
        validationMethod: "DNS",
        keyAlgorithm: "EC_prime256v1",
        options: { certificateTransparencyLoggingPreference: "ENABLED" },
      });
    }
  });

  it("waits for every name's record, also for those that the other certificate wrote", () => {
    expect(only(resources, VALIDATION, "certificate-regional").dependsOn).toEqual([
      "certificate-example.com",
      "certificate-origin.example.com",
      "certificate-regional",
    ]);
    expect(only(resources, VALIDATION, "certificate-cdn").inputs["region"]).toBe("us-east-1");
  });

  it("takes each record from the certificate that has the name", () => {
    expect(only(resources, RECORD, "certificate-origin.example.com").inputs["name"]).toContain(
      "domainValidationOptions.0.",
    );
    expect(only(resources, RECORD, "certificate-www.example.com").inputs["name"]).toContain(
      "domainValidationOptions.1.",
    );
    for (const { inputs } of waiting(RECORD))
      expect(inputs).toMatchObject({ type: "CNAME", ttl: 60, allowOverwrite: true, zoneId: "Z0ZONE" });
  });

  it("writes the records but does not wait for a zone that nobody delegates yet", () => {
    expect(ofType(resources, VALIDATION).filter(({ name }) => name.startsWith("early"))).toEqual([]);
    expect(ofType(resources, RECORD).filter(({ name }) => name.startsWith("early"))).toHaveLength(3);
  });
});
