import * as z from "zod";

import { DNS } from "../../standards/dns.ts";
import { defineBlock } from "../block.ts";
import { mustBeUnique, valuesAt } from "../problems/references.ts";
import { emailAddress, flag, hostName, logRetentionDays, text, wholeNumber } from "../types.ts";

const path = (description: string) =>
  text(/^\/[\w.~/%-]*$/, 'a path that begins with a slash, for instance "/api/health"', description);

const schema = z.strictObject({
  zoneName: hostName("The zone in which everything of this environment has its name."),
  existingZoneId: text(
    /^Z[A-Z0-9]{8,31}$/,
    'a hosted zone\'s id, for instance "Z0123456789ABCDEFGHIJ"',
    "A hosted zone that exists already.",
  )
    .nullable()
    .meta({
      description:
        "Id of a hosted zone that exists already and stays outside this program; null: the zone is made here.",
    }),
  certificateIssuers: z.array(hostName("A certificate authority.")).min(1).meta({
    description: "The only authorities that may issue certificates for the zone (CAA); Amazon's is needed.",
  }),
  certificateReportsTo: emailAddress("Who hears of requests for certificates that were refused (CAA iodef)."),
  queryLogRetentionDays: logRetentionDays("Days for which the log of DNS queries is kept."),
  dnssec: flag(
    "Answers are signed. The parent zone must then carry the DS record that the program prints; take it out there first.",
  ),
  healthChecks: z.strictObject({
    regions: z.array(z.enum(DNS.awsHealthCheckRegions)).min(DNS.minHealthCheckRegions).meta({
      description:
        "Regions from which the environment is watched; several, so that one region's trouble is not taken for ours.",
    }),
    intervalSeconds: z
      .literal(DNS.awsHealthCheckIntervalSeconds)
      .meta({ description: "Seconds between two checks from one place.", unit: "seconds" }),
    failureThreshold: wholeNumber(
      { min: 1, max: DNS.awsMaxFailureThreshold, unit: "checks" },
      "Checks in a row that must fail before an address counts as down.",
    ),
    paths: z.strictObject({
      home: path("Home page; answered by the CDN from its bucket."),
      api: path("A path of the API that needs no login; answered by the services."),
      health: path("The health page of the services."),
    }),
  }),
});

export type DnsSettings = z.output<typeof schema>;

export const dnsBlock = defineBlock({
  schema,
  check(dns, report) {
    if (!dns.certificateIssuers.some((issuer) => DNS.amazonIssuers.some((amazon) => amazon === issuer))) {
      report({
        path: ["certificateIssuers"],
        found: dns.certificateIssuers.join(", "),
        allowed: `at least one of ${DNS.amazonIssuers.join(", ")}`,
        fix: "Add amazon.com: without it ACM neither issues nor renews a certificate.",
      });
    }
    mustBeUnique(
      valuesAt(["healthChecks", "regions"], dns.healthChecks.regions),
      `Name ${DNS.minHealthCheckRegions} different regions at least.`,
      report,
    );
  },
});
