import * as z from "zod";

import { CDN } from "../../../standards/cdn.ts";
import { defineBlock } from "../../block.ts";
import { checkSitePaths } from "../../checks/reserved-names.ts";
import { mustBeUnique, valuesAt } from "../../problems/references.ts";
import { flag, hostName, text, wholeNumber } from "../../types.ts";
import { checkCors, checkHeaders, corsSchema, headersSchema } from "./headers.ts";

const pattern = (description: string) =>
  text(/^(?:\/[\w.~-]+)+\/\*$/, 'a path pattern, for instance "/api/*"', description);

const schema = z.strictObject({
  domains: z
    .array(hostName("A name of the site; the first is the one that is watched."))
    .min(1)
    .max(10)
    .meta({ description: "Names under which visitors come." }),
  priceClass: z.enum(["PriceClass_100", "PriceClass_200", "PriceClass_All"]).meta({
    description:
      "Where the CDN has its edges: 100 Europe and North America, 200 also Asia, Africa and the Middle East, All everywhere.",
  }),
  minimumTls: z.enum(CDN.viewerTlsPolicies).meta({ description: "The weakest encryption that visitors may use." }),
  apiPaths: z
    .array(pattern("Paths of the API."))
    .min(1)
    .meta({ description: "Paths that go to the services, never cached." }),
  apiReadTimeoutSeconds: wholeNumber(
    { min: CDN.awsMinOriginReadSeconds, max: CDN.awsMaxOriginReadSeconds, unit: "seconds" },
    "How long the CDN waits for the API before it answers 504.",
  ),
  assetPaths: z.array(pattern("Paths of files whose names change with their content.")).min(1).meta({
    description:
      "Paths of files that are kept for a year; shared by all releases, so that an old page still finds its files.",
  }),
  documentSeconds: wholeNumber(
    { min: 1, max: CDN.maxDocumentSeconds, unit: "seconds" },
    "How long the CDN keeps a page.",
  ),
  oldVersionDays: wholeNumber(
    { min: 7, max: 365, unit: "days" },
    "Days for which a file that was overwritten or deleted can be fetched back.",
  ),
  maintenance: z.strictObject({
    enabled: flag("Pages answer 503 with a short notice; API and files go on."),
    retryAfterSeconds: wholeNumber(
      { min: 30, max: 86_400, unit: "seconds" },
      "When visitors and crawlers may come again.",
    ),
  }),
  originSecret: z.strictObject({
    sends: z.enum(["blue", "green"]).meta({
      description:
        "Which of the two values the CDN sends. Both are always accepted: renew the idle one, deploy, then switch here, deploy.",
    }),
    blueGeneration: wholeNumber(
      { min: 1, max: 10_000, unit: "generations" },
      "Raise it to renew the value blue; only while green is sent.",
    ),
    greenGeneration: wholeNumber(
      { min: 1, max: 10_000, unit: "generations" },
      "Raise it to renew the value green; only while blue is sent.",
    ),
  }),
  headers: headersSchema,
  cors: corsSchema,
});

export type CdnSettings = z.output<typeof schema>;

export const cdnBlock = defineBlock({
  schema,
  check(cdn, report) {
    mustBeUnique(valuesAt(["domains"], cdn.domains), "Remove one of the two.", report);
    mustBeUnique(
      [...valuesAt(["apiPaths"], cdn.apiPaths), ...valuesAt(["assetPaths"], cdn.assetPaths)],
      "Remove one of the two.",
      report,
    );
    checkSitePaths({ apiPaths: cdn.apiPaths, assetPaths: cdn.assetPaths }, report);
    checkHeaders(cdn.headers, report);
    checkCors(cdn.cors, report);
  },
});
