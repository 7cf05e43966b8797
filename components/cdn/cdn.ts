import { readFileSync } from "node:fs";
import * as cloudfront from "@pulumi/aws/cloudfront/index.js";
import * as route53 from "@pulumi/aws/route53/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { CdnSettings } from "../../config/blocks/cdn/cdn.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { nameOf } from "../../core/names.ts";
import { CDN } from "../../standards/cdn.ts";
import type { Certificates } from "../certificate/certificates.ts";
import type { Dns } from "../dns/dns.ts";
import type { Keys } from "../keys/keys.ts";
import { PrivateBucket } from "../shared/private-bucket.ts";
import type { AccessLogs } from "../storage/access-logs.ts";
import type { EdgeFirewall } from "../waf/edge-firewall.ts";
import { recordRequests } from "./access-records.ts";
import { behaviors, ORIGINS } from "./behaviors.ts";
import type { OriginSecret } from "./origin-secret.ts";
import { responseHeaders } from "./response-headers.ts";
import type { Frontend } from "./viewer-request.ts";
import { renderViewerRequest } from "./viewer-request.ts";

export interface CdnArgs {
  readonly environment: Environment;
  readonly settings: CdnSettings;
  /** Front ends of the catalogue, by path. */
  readonly frontends: readonly Frontend[];
  /** Keys of the stack's region; the bucket uses "assets". */
  readonly keys: Pick<Keys<"assets">, "arns">;
  readonly logs: Pick<AccessLogs, "bucketName" | "bucketArn" | "ready">;
  readonly dns: Pick<Dns, "zoneId" | "originHost">;
  readonly certificates: Pick<Certificates, "cdnArn">;
  readonly firewall: Pick<EdgeFirewall, "arn">;
  readonly originSecret: Pick<OriginSecret, "sent">;
  /**
   * What a release of a front end needs to be up: visitors are given it afterwards. The maintenance notice waits for nothing:
   * it is needed most when a service does not come up.
   */
  readonly after: readonly pulumi.Resource[];
}

const FUNCTION_SOURCE = new URL("./viewer-request.js", import.meta.url);

/**
 * The front door: pages and files from a private bucket, the API from the balancer, everything over TLS 1.2 or newer, HTTP/2
 * and 3, IPv6, compressed, behind the web ACL, with the security headers. A release of a front end is a prefix in the bucket;
 * which one visitors see, and whether they see the maintenance notice, is a setting of the routing function. Error answers of
 * the API arrive as they are: nothing of the distribution replaces them. Cost: by traffic; nothing while idle.
 */
export class Cdn extends pulumi.ComponentResource {
  /** Bucket with `releases/<front end>/<version>/` and the shared assets. */
  readonly bucketName: pulumi.Output<string>;
  readonly distributionId: pulumi.Output<string>;
  readonly distributionArn: pulumi.Output<string>;
  /** Name of the site's first domain. */
  readonly host: string;

  constructor(name: string, args: CdnArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:edge:Cdn", name, {}, opts);
    const { environment, settings, logs } = args;
    // The bucket's policy names the distribution, and the distribution its bucket.
    const [distributionArn, resolveDistributionArn] = pulumi.deferredOutput<string>();
    const bucket = this.createBucket(name, args, distributionArn);
    const distribution = this.createDistribution(name, args, bucket);
    resolveDistributionArn(distribution.arn);
    recordRequests(
      `${name}-requests`,
      { environment, distributionArn: distribution.arn, logs },
      { parent: distribution },
    );
    this.createNames(name, args, distribution);

    this.bucketName = bucket.bucketName;
    this.distributionId = distribution.id;
    this.distributionArn = distribution.arn;
    this.host = settings.domains[0] ?? "";
    this.registerOutputs({ bucketName: this.bucketName, distributionId: this.distributionId, host: this.host });
  }

  private createBucket(
    name: string,
    { environment, settings, keys, logs }: CdnArgs,
    distributionArn: pulumi.Output<string>,
  ): PrivateBucket {
    const reader = {
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceArn": distributionArn } },
    } as const;
    return new PrivateBucket(
      `${name}-assets`,
      {
        environment,
        encryption: { kmsKeyArn: keys.arns.assets },
        lifecycle: { noncurrentDays: settings.oldVersionDays },
        accessLogsBucket: logs.bucketName,
        backup: "daily",
        statements: (arn) => [
          { ...reader, Sid: "CdnReads", Action: "s3:GetObject", Resource: pulumi.interpolate`${arn}/*` },
          // Without it S3 answers 403 for a file that does not exist. The function never lets the bare root through.
          { ...reader, Sid: "CdnLearnsWhatIsMissing", Action: "s3:ListBucket", Resource: arn },
        ],
      },
      { parent: this },
    );
  }

  private createDistribution(name: string, args: CdnArgs, bucket: PrivateBucket): cloudfront.Distribution {
    const { environment, settings, certificates, firewall } = args;
    return new cloudfront.Distribution(
      name,
      {
        comment: `Preflight ${environment.name}`,
        enabled: true,
        aliases: [...settings.domains],
        httpVersion: "http2and3",
        isIpv6Enabled: true,
        priceClass: settings.priceClass,
        webAclId: firewall.arn,
        origins: this.createOrigins(name, args, bucket),
        ...behaviors(settings, this.createParts(name, args)),
        viewerCertificate: {
          acmCertificateArn: certificates.cdnArn,
          sslSupportMethod: "sni-only",
          minimumProtocolVersion: settings.minimumTls,
        },
        restrictions: { geoRestriction: { restrictionType: "none" } },
        // The run ends when the edges serve what it changed.
        waitForDeployment: true,
        tags: { Name: nameOf(environment) },
      },
      { parent: this },
    );
  }

  private createOrigins(
    name: string,
    { settings, dns, originSecret }: CdnArgs,
    bucket: PrivateBucket,
  ): cloudfront.DistributionArgs["origins"] {
    const access = new cloudfront.OriginAccessControl(
      name,
      {
        description: "Signs every request to the bucket",
        originAccessControlOriginType: "s3",
        signingBehavior: "always",
        signingProtocol: "sigv4",
      },
      { parent: this },
    );
    return [
      { originId: ORIGINS.bucket, domainName: bucket.regionalDomainName, originAccessControlId: access.id },
      {
        originId: ORIGINS.api,
        domainName: dns.originHost,
        customHeaders: [{ name: CDN.originHeader, value: originSecret.sent }],
        customOriginConfig: {
          httpPort: 80,
          httpsPort: 443,
          originProtocolPolicy: "https-only",
          originSslProtocols: ["TLSv1.2"],
          originReadTimeout: settings.apiReadTimeoutSeconds,
          originKeepaliveTimeout: 60,
        },
      },
    ];
  }

  /** What the behaviours refer to: two ways to cache, two sets of headers, the function. */
  private createParts(
    name: string,
    { environment, settings, frontends, after }: CdnArgs,
  ): Parameters<typeof behaviors>[1] {
    const child = { parent: this };
    const cache = (role: string, ttl: { minTtl: number; defaultTtl: number; maxTtl: number }) =>
      new cloudfront.CachePolicy(
        `${name}-${role}`,
        {
          comment: `Preflight ${environment.name}: ${role}`,
          ...ttl,
          parametersInCacheKeyAndForwardedToOrigin: {
            cookiesConfig: { cookieBehavior: "none" },
            headersConfig: { headerBehavior: "none" },
            queryStringsConfig: { queryStringBehavior: "none" },
            enableAcceptEncodingBrotli: true,
            enableAcceptEncodingGzip: true,
          },
        },
        child,
      ).id;
    const headers = (kind: "api" | "pages") =>
      new cloudfront.ResponseHeadersPolicy(
        `${name}-${kind}`,
        { comment: `Preflight ${environment.name}: ${kind}`, ...responseHeaders(settings, kind) },
        child,
      ).id;
    const router = new cloudfront.Function(
      name,
      {
        comment: `Preflight ${environment.name}: releases, pages, maintenance`,
        runtime: "cloudfront-js-2.0",
        code: renderViewerRequest(readFileSync(FUNCTION_SOURCE, "utf8"), {
          frontends,
          maintenance: settings.maintenance,
        }),
        publish: true,
      },
      { ...child, dependsOn: settings.maintenance.enabled ? [] : [...after] },
    );
    const year = CDN.immutableSeconds;
    return {
      documentsCacheId: cache("documents", {
        minTtl: 0,
        defaultTtl: settings.documentSeconds,
        maxTtl: settings.documentSeconds,
      }),
      assetsCacheId: cache("immutable", { minTtl: year, defaultTtl: year, maxTtl: year }),
      pagesHeadersId: headers("pages"),
      apiHeadersId: headers("api"),
      functionArn: router.arn,
    };
  }

  private createNames(name: string, { settings, dns }: CdnArgs, distribution: cloudfront.Distribution): void {
    for (const domain of settings.domains) {
      for (const type of ["A", "AAAA"] as const) {
        new route53.Record(
          `${name}-${domain}-${type.toLowerCase()}`,
          {
            zoneId: dns.zoneId,
            name: domain,
            type,
            aliases: [
              { name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false },
            ],
          },
          { parent: distribution },
        );
      }
    }
  }
}
