import * as z from "zod";

import { CDN } from "../../../standards/cdn.ts";
import type { ReportProblem } from "../../problems/problem.ts";
import { flag, text, wholeNumber } from "../../types.ts";

const directive = text(
  /^[a-z]+(?:-[a-z]+)*$/,
  'a directive\'s name, for instance "script-src"',
  "A directive of the policy.",
);
const source = text(
  /^[^\s;,]+$/,
  'a source without blanks, for instance "\'self\'" or "https://cdn.example.com"',
  "What the directive admits.",
);

/** Headers with which every page and answer leaves. */
export const headersSchema = z.strictObject({
  hstsMaxAgeSeconds: wholeNumber(
    { min: CDN.minHstsSeconds, max: 10 * CDN.minHstsSeconds, unit: "seconds" },
    "How long browsers insist on HTTPS for the zone and all below it.",
  ),
  frameOption: z.enum(["DENY", "SAMEORIGIN"]).meta({ description: "Who may show our pages in a frame." }),
  referrerPolicy: z
    .enum(["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"])
    .meta({ description: "How much of our addresses other sites learn." }),
  contentSecurityPolicy: z.record(directive, z.array(source)).meta({
    description: "What pages may load, directive by directive; a directive that stands alone has an empty list.",
  }),
  permissionsPolicy: text(
    /^[\w\s=(),"*:/.-]+$/,
    'a policy, for instance "camera=(), geolocation=()"',
    "Which features of the browser pages may use.",
  ),
});

/** Which other sites may call us from a browser. */
export const corsSchema = z.strictObject({
  allowedOrigins: z
    .array(
      z
        .string()
        .min(1)
        .meta({ description: "A site as scheme and host.", form: 'an origin, for instance "https://app.example.com"' }),
    )
    .min(1)
    .meta({
      description: "Sites that may; never a wildcard.",
    }),
  allowedMethods: z
    .array(z.enum(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]))
    .min(1)
    .meta({ description: "Methods they may use." }),
  allowedHeaders: z
    .array(text(/^[\w-]+$/, 'a header\'s name, for instance "authorization"', "A header that they may send."))
    .min(1)
    .meta({
      description: "Headers they may send.",
    }),
  allowCredentials: flag("Whether cookies and logins go along."),
  maxAgeSeconds: wholeNumber({ min: 0, max: 86_400, unit: "seconds" }, "How long browsers remember the permission."),
});

export type HeadersSettings = z.output<typeof headersSchema>;
export type CorsSettings = z.output<typeof corsSchema>;

/** Directives of which the absence opens what default-src does not cover. */
const REQUIRED_DIRECTIVES = ["default-src", "base-uri", "form-action", "frame-ancestors", "object-src"] as const;

/** Sources that undo the policy where scripts are concerned. */
const UNSAFE = new Set(["*", "'unsafe-inline'", "'unsafe-eval'", "data:", "http:", "https:"]);

export function checkHeaders({ contentSecurityPolicy }: HeadersSettings, report: ReportProblem): void {
  const path = ["headers", "contentSecurityPolicy"];
  for (const name of REQUIRED_DIRECTIVES) {
    if ((contentSecurityPolicy[name] ?? []).length > 0) continue;
    report({
      path: [...path, name],
      found: "nothing",
      allowed: "at least one source",
      fix: "Say who may; [\"'none'\"] if nobody may.",
    });
  }
  const scripts = contentSecurityPolicy["script-src"] === undefined ? "default-src" : "script-src";
  for (const value of contentSecurityPolicy[scripts] ?? []) {
    if (!UNSAFE.has(value)) continue;
    report({
      path: [...path, scripts],
      found: value,
      allowed: "sources that name hosts, hashes or 'self'",
      fix: "Take it out: with it the policy stops no injected script. Inline scripts get a hash.",
    });
  }
}

export function checkCors({ allowedOrigins }: CorsSettings, report: ReportProblem): void {
  for (const [position, origin] of allowedOrigins.entries()) {
    const path = ["cors", "allowedOrigins", position];
    if (origin.includes("*")) {
      report({
        path,
        found: `"${origin}", a wildcard`,
        allowed: "origins without a wildcard",
        fix: "List every site by name: with a wildcard any page below it, also one that was taken over, acts as the user.",
      });
    } else if (!/^https:\/\/[a-z0-9.-]+(?::\d+)?$/.test(origin)) {
      report({
        path,
        found: `"${origin}"`,
        allowed: 'scheme https and host without a path, for instance "https://app.example.com"',
        fix: "Browsers compare the text as it is: no slash at the end, no upper case, no plain HTTP.",
      });
    }
  }
}
