import type { CdnSettings } from "../../config/blocks/cdn/cdn.ts";
import type { WafSettings } from "../../config/blocks/waf.ts";

/** A CDN as a stack file would describe it; tests change what they are about. */
export const CDN_SETTINGS: CdnSettings = {
  domains: ["staging.example.com", "www.staging.example.com"],
  priceClass: "PriceClass_100",
  minimumTls: "TLSv1.2_2021",
  apiPaths: ["/api/*"],
  apiReadTimeoutSeconds: 30,
  assetPaths: ["/assets/*"],
  documentSeconds: 60,
  oldVersionDays: 30,
  maintenance: { enabled: false, retryAfterSeconds: 600 },
  originSecret: { sends: "green", blueGeneration: 1, greenGeneration: 2 },
  headers: {
    hstsMaxAgeSeconds: 31_536_000,
    frameOption: "DENY",
    referrerPolicy: "strict-origin-when-cross-origin",
    contentSecurityPolicy: {
      "default-src": ["'self'"],
      "base-uri": ["'self'"],
      "form-action": ["'self'"],
      "frame-ancestors": ["'none'"],
      "object-src": ["'none'"],
      "upgrade-insecure-requests": [],
    },
    permissionsPolicy: "camera=(), geolocation=(), microphone=()",
  },
  cors: {
    allowedOrigins: ["https://app.staging.example.com"],
    allowedMethods: ["GET", "POST"],
    allowedHeaders: ["authorization", "content-type"],
    allowCredentials: true,
    maxAgeSeconds: 600,
  },
};

/** A firewall as a stack file would describe it. */
export const WAF_SETTINGS: WafSettings = {
  logRetentionDays: 90,
  rates: {
    api: { pathPrefixes: ["/api/"], requests: 1800, windowSeconds: 60 },
    authentication: { pathPrefixes: ["/api/auth/", "/api/sessions"], requests: 25, windowSeconds: 300 },
    machine: { keyHeader: "x-api-key", requestsPerKey: 60_000, requestsPerAddress: 120_000, windowSeconds: 60 },
    general: { requests: 3000, windowSeconds: 60 },
  },
  allowedMethods: ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"],
  blockedPathPrefixes: ["/.git", "/api/metrics"],
  maxBodyKiB: { api: 32, authentication: 8, machine: 64 },
  uploadPathPrefixes: ["/api/uploads/"],
};
