import { modernPolicies, TLS_POLICIES } from "./facts/tls-policies.ts";

/** Facts and bounds of the CDN. */
export const CDN = {
  /** Shortest time in seconds for which browsers must insist on HTTPS: a year; SEC-03, SEC-04. */
  minHstsSeconds: 31_536_000,
  /**
   * Security policies with TLS 1.2 or newer and without ciphers in CBC mode; SEC-01.
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html
   */
  viewerTlsPolicies: modernPolicies(TLS_POLICIES.cloudFront, ({ cbc }) => !cbc),
  /** Protocols that may be spoken with an origin; SEC-01. */
  originTlsProtocols: ["TLSv1.2", "TLSv1.3"],
  /** Header by which the balancer knows that a request came through the CDN; its value is a secret. SEC-06 */
  originHeader: "x-origin-verify",
  /** How long the CDN keeps files whose names change with their content, in seconds: a year. NET-05 */
  immutableSeconds: 31_536_000,
  /** Longest time in seconds for which the CDN may show an old page. */
  maxDocumentSeconds: 3600,
  /** Longest and shortest time in seconds that CloudFront waits for an answer of the API. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
  awsMinOriginReadSeconds: 1,
  awsMaxOriginReadSeconds: 120,
  /** Largest CloudFront Function in bytes. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
  awsMaxFunctionBytes: 10_240,
  /** Managed policy that caches nothing. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
  awsCachingDisabledPolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  /** Managed policy that hands everything of a request on but the Host. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
  awsAllViewerExceptHostPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
  /** Length in characters of the secret header's values; SECR-04. */
  originSecretChars: 48,
  /** Days after which the secret header should get a new value; TGT-22. */
  originSecretRotationDays: 90,
} as const;
