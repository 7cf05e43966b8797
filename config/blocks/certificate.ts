import * as z from "zod";

import { CERTIFICATE } from "../../standards/certificate.ts";
import { defineBlock } from "../block.ts";
import { text } from "../types.ts";

const schema = z.strictObject({
  keyAlgorithm: z
    .enum(CERTIFICATE.cdnKeyAlgorithms)
    .meta({ description: "Kind of the certificates' keys; changing it makes new certificates." }),
  regionalNames: z
    .array(
      text(
        /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
        'a host name, or a wildcard as "*.apps.example.com"',
        "A further name of the balancer's certificate; a wildcard needs an exception of the rule acm-no-wildcard.",
      ),
    )
    .max(CERTIFICATE.awsMaxNames - 1)
    .meta({ description: "Names of the balancer's certificate beside the one under which the CDN reaches it." }),
});

export const certificateBlock = defineBlock({ schema });

export type CertificateSettings = z.output<typeof schema>;
