import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId.js";
import { beforeAll, describe, expect, it } from "vitest";

import type { CdnArgs } from "../../../components/cdn/cdn.ts";
import { Cdn } from "../../../components/cdn/cdn.ts";
import { OriginSecret } from "../../../components/cdn/origin-secret.ts";
import { contentSecurityPolicy } from "../../../components/cdn/response-headers.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { CDN_SETTINGS } from "../../support/edge-settings.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const args = (): Omit<CdnArgs, "originSecret"> => ({
  after: [],
  frontends: [{ name: "shop", path: "/", release: "2026.11.1", routing: "spa" }],
  environment: ENVIRONMENT,
  settings: CDN_SETTINGS,
  keys: { arns: { assets: pulumi.output("arn:aws:kms:eu-west-1:111122223333:key/assets") } },
  logs: { bucketName: pulumi.output("records"), bucketArn: pulumi.output("arn:aws:s3:::records"), ready: [] },
  dns: { zoneId: pulumi.output("Z0ZONE"), originHost: "origin.staging.example.com" },
  certificates: { cdnArn: pulumi.output("arn:aws:acm:us-east-1:111122223333:certificate/cdn") },
  firewall: { arn: pulumi.output("arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1") },
});

let resources: Registered[];
let secret: OriginSecret;
let sent: unknown;
beforeAll(async () => {
  resources = await deploy(() => {
    secret = new OriginSecret("origin-secret", {
      recoveryWindowDays: 7,
      environment: ENVIRONMENT,
      settings: CDN_SETTINGS.originSecret,
      keys: { arns: { secrets: pulumi.output("arn:aws:kms:eu-west-1:111122223333:key/secrets") } },
    });
    secret.sent.apply((value) => {
      sent = value;
    });
    new Cdn("cdn", { ...args(), originSecret: secret });
  });
});

const DISTRIBUTION = "aws:cloudfront/distribution:Distribution";
const HEADERS = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";
const distribution = () => only(resources, DISTRIBUTION).inputs;

interface Origin {
  readonly originId: string;
  readonly domainName: string;
  readonly customHeaders?: { readonly name: string; readonly value: string }[];
}
const originOf = (id: string): Origin | undefined =>
  [distribution()["origins"]]
    .flat()
    .map((origin) => origin as Origin)
    .find(({ originId }) => originId === id);

describe("Cdn", () => {
  it("makes one distribution with one function, two caches and two sets of headers", () => {
    expect(ofType(resources, DISTRIBUTION)).toHaveLength(1);
    expect(ofType(resources, "aws:cloudfront/function:Function")).toHaveLength(1);
    expect(ofType(resources, "aws:cloudfront/cachePolicy:CachePolicy")).toHaveLength(2);
    expect(ofType(resources, HEADERS)).toHaveLength(2);
    expect(ofType(resources, "aws:s3/bucket:Bucket")).toHaveLength(1);
  });

  it("speaks TLS 1.2 at least, behind the firewall, and replaces no error of the API", () => {
    expect(distribution()).toMatchObject({
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      webAclId: expect.stringContaining("webacl/edge"),
      viewerCertificate: { minimumProtocolVersion: "TLSv1.2_2021", sslSupportMethod: "sni-only" },
    });
    expect(distribution()).not.toHaveProperty("customErrorResponses");
  });

  it("sends the API uncached over HTTPS to the origin host, with all methods", () => {
    const [api, assets, ...others] = [distribution()["orderedCacheBehaviors"]].flat();
    expect(others).toEqual([]);
    expect(api).toMatchObject({
      pathPattern: "/api/*",
      viewerProtocolPolicy: "https-only",
      cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
      allowedMethods: expect.arrayContaining(["POST", "PUT", "PATCH", "DELETE"]),
    });
    expect(assets).toMatchObject({
      pathPattern: "/assets/*",
      viewerProtocolPolicy: "redirect-to-https",
      compress: true,
    });
    expect(originOf("api")).toMatchObject({
      domainName: "origin.staging.example.com",
      customOriginConfig: { originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] },
    });
  });

  it("sends the chosen one of two values in the secret header, and shows it nowhere", () => {
    expect(originOf("api")?.customHeaders).toEqual([{ name: "x-origin-verify", value: sent }]);
    expect(
      ofType(resources, "random:index/randomPassword:RandomPassword")
        .map(({ name, inputs }) => [name, inputs["length"]])
        .toSorted(),
    ).toEqual([
      ["origin-secret-blue", 48],
      ["origin-secret-green", 48],
    ]);
    expect(secret.accepted).toContain(secret.sent);
    expect(only(resources, DISTRIBUTION).secretInputs).toContain("origins");
    expect(only(resources, "aws:secretsmanager/secretVersion:SecretVersion").secretInputs).toContain("secretString");
  });

  it("routes pages by the function and keeps hashed files for a year", () => {
    expect(distribution()["defaultCacheBehavior"]).toMatchObject({
      functionAssociations: [{ eventType: "viewer-request" }],
      allowedMethods: ["GET", "HEAD", "OPTIONS"],
    });
    const ttl = (name: string) => only(resources, "aws:cloudfront/cachePolicy:CachePolicy", name).inputs;
    expect(ttl("cdn-immutable")).toMatchObject({ minTtl: 31_536_000, maxTtl: 31_536_000 });
    expect(ttl("cdn-documents")).toMatchObject({ minTtl: 0, defaultTtl: 60, maxTtl: 60 });
    expect(only(resources, "aws:cloudfront/function:Function").inputs).toMatchObject({
      runtime: "cloudfront-js-2.0",
      publish: true,
      code: expect.stringContaining("/releases/shop/2026.11.1"),
    });
  });

  it("shows a front end's release after what it needs, and the maintenance notice at once", async () => {
    const order = async (enabled: boolean) => {
      const made = await deploy(() => {
        const service = new pulumi.ComponentResource("test:index:Service", "needed", {});
        const pods = new RandomId("pods", { byteLength: 4 }, { parent: service });
        new Cdn("cdn", {
          ...args(),
          originSecret: { sent: pulumi.output("sent") },
          settings: { ...CDN_SETTINGS, maintenance: { ...CDN_SETTINGS.maintenance, enabled } },
          after: [service, pods],
        });
      });
      return only(made, "aws:cloudfront/function:Function").dependencies;
    };
    expect(await order(false)).toContain("random:index/randomId:RandomId::pods");
    expect(await order(true)).toEqual([]);
  });

  it("lets only this distribution read the bucket", () => {
    const arn = only(resources, "aws:cloudwatch/logDeliverySource:LogDeliverySource").inputs["resourceArn"];
    const { Statement } = JSON.parse(String(only(resources, "aws:s3/bucketPolicy:BucketPolicy").inputs["policy"]));
    const readers = [Statement].flat().filter(({ Effect }) => Effect === "Allow");
    expect(readers).toHaveLength(2);
    for (const { Principal, Condition } of readers) {
      expect(Principal).toEqual({ Service: "cloudfront.amazonaws.com" });
      expect(Condition).toEqual({ StringEquals: { "aws:SourceArn": arn } });
    }
    expect(only(resources, "aws:cloudfront/originAccessControl:OriginAccessControl").inputs).toMatchObject({
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
  });

  it("adds the security headers to every answer, of the API too", () => {
    for (const { inputs } of ofType(resources, HEADERS)) {
      expect(inputs["securityHeadersConfig"]).toMatchObject({
        strictTransportSecurity: {
          accessControlMaxAgeSec: 31_536_000,
          includeSubdomains: true,
          preload: true,
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY" },
      });
      expect(JSON.stringify(inputs["corsConfig"])).not.toContain("*");
    }
    expect(only(resources, HEADERS, "cdn-api").inputs["securityHeadersConfig"]).toMatchObject({
      contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'" },
    });
  });

  it("records requests in us-east-1 without cookies and queries", () => {
    const delivery = only(resources, "aws:cloudwatch/logDelivery:LogDelivery").inputs;
    expect(delivery["region"]).toBe("us-east-1");
    expect(delivery["recordFields"]).toContain("sc-status");
    expect(delivery["recordFields"]).not.toContain("cs(Cookie)");
    expect(delivery["recordFields"]).not.toContain("cs-uri-query");
    expect(
      only(resources, "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination").inputs[
        "deliveryDestinationConfiguration"
      ],
    ).toEqual({ destinationResourceArn: "arn:aws:s3:::records/cdn" });
  });

  it("gives every domain an address of both kinds", () => {
    const records = ofType(resources, "aws:route53/record:Record").map(({ inputs }) =>
      [inputs["name"], inputs["type"]].join(" "),
    );
    expect(records.toSorted()).toEqual([
      "staging.example.com A",
      "staging.example.com AAAA",
      "www.staging.example.com A",
      "www.staging.example.com AAAA",
    ]);
  });
});

describe("contentSecurityPolicy", () => {
  it("writes directives in order, and those that stand alone without a blank", () => {
    expect(
      contentSecurityPolicy({ "default-src": ["'self'", "https://cdn.example.com"], "upgrade-insecure-requests": [] }),
    ).toBe("default-src 'self' https://cdn.example.com; upgrade-insecure-requests");
  });
});
