import type { ResponseHeadersPolicyArgs } from "@pulumi/aws/cloudfront/index.js";

import type { CdnSettings } from "../../config/blocks/cdn/cdn.ts";

type Headers = Pick<CdnSettings, "headers" | "cors">;

/** The header's text: directives by semicolon, sources by blank. */
export function contentSecurityPolicy(directives: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}

/** Answers of the API are data: nothing in them may run or be framed, whatever a browser takes them for. */
const API_CONTENT_SECURITY_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** What every answer of the CDN says to browsers, whoever wrote it: the origin's own values are replaced. SEC-03, SEC-07 */
export function responseHeaders(
  { headers, cors }: Headers,
  kind: "api" | "pages",
): Pick<ResponseHeadersPolicyArgs, "corsConfig" | "customHeadersConfig" | "securityHeadersConfig"> {
  const override = true;
  return {
    securityHeadersConfig: {
      strictTransportSecurity: {
        accessControlMaxAgeSec: headers.hstsMaxAgeSeconds,
        includeSubdomains: true,
        preload: true,
        override,
      },
      contentSecurityPolicy: {
        contentSecurityPolicy:
          kind === "api" ? API_CONTENT_SECURITY_POLICY : contentSecurityPolicy(headers.contentSecurityPolicy),
        override,
      },
      contentTypeOptions: { override },
      frameOptions: { frameOption: headers.frameOption, override },
      referrerPolicy: { referrerPolicy: headers.referrerPolicy, override },
    },
    customHeadersConfig: { items: [{ header: "permissions-policy", value: headers.permissionsPolicy, override }] },
    corsConfig: {
      accessControlAllowOrigins: { items: [...cors.allowedOrigins] },
      accessControlAllowMethods: { items: [...cors.allowedMethods] },
      accessControlAllowHeaders: { items: [...cors.allowedHeaders] },
      accessControlAllowCredentials: cors.allowCredentials,
      accessControlMaxAgeSec: cors.maxAgeSeconds,
      originOverride: override,
    },
  };
}
