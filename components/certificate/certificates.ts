import * as acm from "@pulumi/aws/acm/index.js";
import * as route53 from "@pulumi/aws/route53/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { CertificateSettings } from "../../config/blocks/certificate.ts";
import { CERTIFICATE } from "../../standards/certificate.ts";
import { NOTIFY } from "../../standards/notify.ts";
import type { Dns } from "../dns/dns.ts";
import type { CertificateNames } from "./names.ts";
import { provenDomain, provenDomains, validationRecords } from "./names.ts";

export interface CertificatesArgs {
  readonly settings: CertificateSettings;
  /** Whether to wait until they are issued: never before the parent zone delegates ours. */
  readonly awaited: boolean;
  /** Zone that proves the names. */
  readonly dns: Pick<Dns, "zoneId" | "originHost">;
  /** Names under which visitors reach the CDN; one at least. */
  readonly cdnDomains: readonly string[];
}

type Place = Pick<acm.CertificateArgs, "region">;

function atLeastOne(names: readonly string[]): CertificateNames {
  const [first, ...others] = names;
  if (first === undefined) throw new Error("a certificate needs a name");
  return [first, ...others];
}

/**
 * Two certificates, proven by records in the zone and renewed by AWS as long as these stay: one for the CDN, which takes
 * certificates of us-east-1 only, and one for balancers in the stack's region. Free of charge. NET-03
 */
export class Certificates extends pulumi.ComponentResource {
  /** Certificate in us-east-1; when it is awaited, it is issued by the time its ARN is known. */
  readonly cdnArn: pulumi.Output<string>;
  /** Certificate in the stack's region; the same holds. */
  readonly regionalArn: pulumi.Output<string>;

  constructor(name: string, args: CertificatesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:edge:Certificates", name, {}, opts);
    const { settings, awaited, dns } = args;
    const names = {
      cdn: atLeastOne(args.cdnDomains),
      regional: atLeastOne([dns.originHost, ...settings.regionalNames]),
    };
    const places = { cdn: { region: NOTIFY.globalRegion }, regional: {} };
    const certificates = {
      cdn: this.request(`${name}-cdn`, names.cdn, settings, places.cdn),
      regional: this.request(`${name}-regional`, names.regional, settings, places.regional),
    };
    const records = new Map(
      validationRecords(names).map(({ domain, certificate }) => [
        domain,
        this.prove(`${name}-${domain}`, domain, certificates[certificate], dns),
      ]),
    );
    this.cdnArn = this.issued(`${name}-cdn`, certificates.cdn, names.cdn, records, awaited, places.cdn);
    this.regionalArn = this.issued(
      `${name}-regional`,
      certificates.regional,
      names.regional,
      records,
      awaited,
      places.regional,
    );
    this.registerOutputs({ cdnArn: this.cdnArn, regionalArn: this.regionalArn });
  }

  /** Pulumi makes the new certificate before it deletes the old one, so that users never lack one. */
  private request(
    childName: string,
    [domainName, ...others]: CertificateNames,
    { keyAlgorithm }: CertificateSettings,
    place: Place,
  ): acm.Certificate {
    return new acm.Certificate(
      childName,
      {
        ...place,
        domainName,
        subjectAlternativeNames: others,
        validationMethod: "DNS",
        keyAlgorithm,
        // Browsers refuse certificates that are in no public log.
        options: { certificateTransparencyLoggingPreference: "ENABLED" },
        tags: { Name: domainName },
      },
      { parent: this },
    );
  }

  private prove(
    childName: string,
    domain: string,
    certificate: acm.Certificate,
    { zoneId }: Pick<Dns, "zoneId">,
  ): route53.Record {
    const proof = certificate.domainValidationOptions.apply((options) => {
      const option = options.find(({ domainName }) => provenDomain(domainName) === domain);
      if (option === undefined) throw new Error(`ACM names no validation record for ${domain}`);
      return option;
    });
    return new route53.Record(
      childName,
      {
        zoneId,
        name: proof.resourceRecordName,
        type: proof.resourceRecordType,
        records: [proof.resourceRecordValue],
        ttl: CERTIFICATE.validationTtlSeconds,
        // The same record may still be there from another certificate for the name.
        allowOverwrite: true,
      },
      { parent: certificate },
    );
  }

  private issued(
    childName: string,
    certificate: acm.Certificate,
    names: CertificateNames,
    records: ReadonlyMap<string, route53.Record>,
    awaited: boolean,
    place: Place,
  ): pulumi.Output<string> {
    if (!awaited) return certificate.arn;
    const validationRecordFqdns = provenDomains(names).flatMap((domain) => records.get(domain)?.fqdn ?? []);
    return new acm.CertificateValidation(
      childName,
      { ...place, certificateArn: certificate.arn, validationRecordFqdns },
      { parent: certificate },
    ).certificateArn;
  }
}
