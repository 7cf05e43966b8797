import { describe, expect, it } from "vitest";

import { cdnBlock } from "../../../config/blocks/cdn/cdn.ts";
import { certificateBlock } from "../../../config/blocks/certificate.ts";
import { dnsBlock } from "../../../config/blocks/dns.ts";
import { wafBlock } from "../../../config/blocks/waf.ts";
import { checkEdge } from "../../../config/checks/edge.ts";
import type { Problem } from "../../../config/problems/problem.ts";
import { CDN_SETTINGS, WAF_SETTINGS } from "../../support/edge-settings.ts";

const DNS: Parameters<typeof checkEdge>[0]["dns"] = {
  zoneName: "staging.example.com",
  existingZoneId: null,
  certificateIssuers: ["amazon.com"],
  certificateReportsTo: "security@example.com",
  queryLogRetentionDays: 30,
  dnssec: false,
  healthChecks: {
    regions: ["eu-west-1", "us-east-1", "ap-southeast-1"],
    intervalSeconds: 30,
    failureThreshold: 3,
    paths: { home: "/", api: "/api/version", health: "/api/health" },
  },
};

const told = (problems: readonly Problem[]) =>
  problems.map(({ path, found, allowed }) => `${path.join(".")} is ${found}, allowed ${allowed}`);
const waf = (change: object) => told(wafBlock.judge({ ...WAF_SETTINGS, ...change }, "production"));
const rates = (change: object) => waf({ rates: { ...WAF_SETTINGS.rates, ...change } });
const cdn = (change: object) => told(cdnBlock.judge({ ...CDN_SETTINGS, ...change }, "production"));
const dns = (change: object) => told(dnsBlock.judge({ ...DNS, ...change }, "production"));

describe("the waf block", () => {
  it("accepts exactly 30 a second for the API and 5 a minute for logins", () => {
    expect(waf({})).toEqual([]);
  });

  it("refuses a rate below AWS WAF's floor of 10 in a window", () => {
    expect(rates({ authentication: { ...WAF_SETTINGS.rates.authentication, requests: 5, windowSeconds: 60 } })).toEqual(
      [
        "rates.authentication.requests is 5 in 60 s, allowed at least 10 (requests) in a window, the lowest limit of AWS WAF",
      ],
    );
  });

  it("refuses one request above each ceiling", () => {
    expect(rates({ api: { ...WAF_SETTINGS.rates.api, requests: 1801 } })).toEqual([
      "rates.api.requests is 1801 in 60 s, allowed at most 1800 (requests), which is 30 a second",
    ]);
    expect(rates({ authentication: { ...WAF_SETTINGS.rates.authentication, requests: 26 } })).toEqual([
      "rates.authentication.requests is 26 in 300 s, allowed at most 25 (requests), which is 5 a minute",
    ]);
  });

  it("refuses a general rate that would hide the API's", () => {
    expect(rates({ general: { requests: 1799, windowSeconds: 60 } })).toEqual([
      "rates.general.requests is 1799 in 60 s, allowed at least the rate of the API, 1800 in 60 s",
    ]);
  });

  it("refuses a window that AWS WAF does not offer, and a body of which it sees only a part", () => {
    expect(rates({ general: { requests: 3000, windowSeconds: 90 } })).toEqual([
      "rates.general.windowSeconds is 90, allowed one of 60, 120, 300, 600",
    ]);
    expect(waf({ maxBodyKiB: { api: 65, authentication: 8, machine: 64 } })).toEqual([
      "maxBodyKiB.api is 65, allowed at most 64 (KiB)",
    ]);
  });

  it("refuses a machine's rate below a person's, and an address' below a key's", () => {
    const machine = (change: object) => rates({ machine: { ...WAF_SETTINGS.rates.machine, ...change } });
    expect(machine({ requestsPerKey: 1799 })).toEqual([
      "rates.machine.requestsPerKey is 1799 in 60 s, allowed at least the rate of the API, 1800 in 60 s",
    ]);
    expect(machine({ requestsPerAddress: 59_999 })).toEqual([
      "rates.machine.requestsPerAddress is 59999, allowed at least requestsPerKey, 60000",
    ]);
  });

  it("refuses a list that is too long for one pattern of AWS WAF", () => {
    const list = Array.from({ length: 10 }, (_, place) => `/api/${"a".repeat(50)}${place}/`);
    expect(waf({ blockedPathPrefixes: list })).toEqual([
      "blockedPathPrefixes is 582 characters as one pattern, allowed at most 512 (characters)",
    ]);
  });
});

describe("the cdn block", () => {
  it("accepts what is right", () => {
    expect(cdn({})).toEqual([]);
  });

  it.each([
    ["a wildcard", "*", '"*", a wildcard, allowed origins without a wildcard'],
    [
      "a wildcard below a domain",
      "https://*.example.com",
      '"https://*.example.com", a wildcard, allowed origins without a wildcard',
    ],
    [
      "plain HTTP",
      "http://app.example.com",
      '"http://app.example.com", allowed scheme https and host without a path, for instance "https://app.example.com"',
    ],
    [
      "a slash at the end",
      "https://app.example.com/",
      '"https://app.example.com/", allowed scheme https and host without a path, for instance "https://app.example.com"',
    ],
  ])("refuses %s as an origin of CORS", (_title, origin, expected) => {
    expect(cdn({ cors: { ...CDN_SETTINGS.cors, allowedOrigins: [origin] } })).toEqual([
      `cors.allowedOrigins.0 is ${expected}`,
    ]);
  });

  it("refuses a content security policy that stops no injected script, or leaves a hole", () => {
    const policy = (change: object) =>
      cdn({
        headers: {
          ...CDN_SETTINGS.headers,
          contentSecurityPolicy: { ...CDN_SETTINGS.headers.contentSecurityPolicy, ...change },
        },
      });
    expect(policy({ "script-src": ["'self'", "'unsafe-inline'"] })).toEqual([
      "headers.contentSecurityPolicy.script-src is 'unsafe-inline', allowed sources that name hosts, hashes or 'self'",
    ]);
    expect(policy({ "frame-ancestors": [] })).toEqual([
      "headers.contentSecurityPolicy.frame-ancestors is nothing, allowed at least one source",
    ]);
  });

  it("refuses a second less than a year of HSTS", () => {
    expect(cdn({ headers: { ...CDN_SETTINGS.headers, hstsMaxAgeSeconds: 31_535_999 } })).toEqual([
      "headers.hstsMaxAgeSeconds is 31535999, allowed at least 31536000 (seconds)",
    ]);
  });

  it("refuses a domain twice, and a path that is both the API's and the files'", () => {
    expect(cdn({ domains: ["a.example.com", "a.example.com"] })).toEqual([
      'domains.1 is "a.example.com", already in domains[0], allowed each once',
    ]);
    expect(cdn({ apiPaths: ["/api/*"], assetPaths: ["/assets/*", "/api/*"] })).toEqual([
      'assetPaths.1 is "/api/*", already in apiPaths[0], allowed each once',
    ]);
  });

  it("refuses TLS that is too old", () => {
    expect(cdn({ minimumTls: "TLSv1.2_2019" })).toEqual([
      'minimumTls is "TLSv1.2_2019", allowed one of TLSv1.2_2021, TLSv1.2_2025, TLSv1.3_2025',
    ]);
  });
});

describe("the dns block", () => {
  it("refuses fewer than three regions and the same one twice", () => {
    const { healthChecks } = DNS;
    expect(dns({ healthChecks: { ...healthChecks, regions: ["eu-west-1", "us-east-1"] } })).toEqual([
      'healthChecks.regions is ["eu-west-1","us-east-1"], allowed at least 3 entries',
    ]);
    expect(dns({ healthChecks: { ...healthChecks, regions: ["eu-west-1", "us-east-1", "us-east-1"] } })).toEqual([
      'healthChecks.regions.2 is "us-east-1", already in healthChecks.regions[1], allowed each once',
    ]);
  });

  it("refuses issuers that leave Amazon out, which would end every renewal", () => {
    expect(dns({ certificateIssuers: ["letsencrypt.org"] })).toEqual([
      "certificateIssuers is letsencrypt.org, allowed at least one of amazon.com, amazonaws.com, amazontrust.com, awstrust.com",
    ]);
  });
});

describe("the certificate block", () => {
  it("refuses a weak key", () => {
    const settings = { keyAlgorithm: "RSA_1024", regionalNames: [] };
    expect(told(certificateBlock.judge(settings, "standard"))).toEqual([
      'keyAlgorithm is "RSA_1024", allowed one of EC_prime256v1, RSA_2048',
    ]);
  });
});

describe("the edge as a whole", () => {
  const edge = (change: object): string[] => {
    const problems: Problem[] = [];
    const right = {
      dns: DNS,
      certificate: {
        keyAlgorithm: "EC_prime256v1" as const,
        regionalNames: ["*.staging.example.com"],
      },
      cdn: CDN_SETTINGS,
      waf: WAF_SETTINGS,
    };
    checkEdge({ ...right, ...change }, (problem) => {
      problems.push(problem);
    });
    return told(problems);
  };

  it("accepts names, wildcards too, inside the zone", () => {
    expect(edge({})).toEqual([]);
  });

  it("refuses a domain outside the zone, also one that only ends alike", () => {
    expect(edge({ cdn: { ...CDN_SETTINGS, domains: ["example.com", "badstaging.example.com"] } })).toEqual([
      'cdn.domains.0 is "example.com", outside the zone, allowed staging.example.com or a name below it',
      'cdn.domains.1 is "badstaging.example.com", outside the zone, allowed staging.example.com or a name below it',
    ]);
  });

  it("refuses a check of the API that the bucket would answer", () => {
    expect(
      edge({
        dns: {
          ...DNS,
          healthChecks: { ...DNS.healthChecks, paths: { home: "/", api: "/api/version", health: "/health" } },
        },
      }),
    ).toEqual([
      'dns.healthChecks.paths.health is "/health", which the CDN answers from its bucket, allowed a path below /api/*',
    ]);
  });

  it("refuses a path of the API that no limit counts, and logins where no service answers", () => {
    expect(edge({ cdn: { ...CDN_SETTINGS, apiPaths: ["/api/*", "/graphql/*"] } })).toEqual([
      'cdn.apiPaths.1 is "/graphql/*", which no limit of the API counts, allowed paths below /api/',
    ]);
    expect(
      edge({
        waf: {
          ...WAF_SETTINGS,
          rates: {
            ...WAF_SETTINGS.rates,
            authentication: { ...WAF_SETTINGS.rates.authentication, pathPrefixes: ["/login"] },
          },
        },
      }),
    ).toEqual([
      'waf.rates.authentication.pathPrefixes.0 is "/login", where no service answers, allowed paths below /api/*',
    ]);
  });
});
