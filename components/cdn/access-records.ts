import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Scope } from "../../core/names.ts";
import { nameOf } from "../../core/names.ts";
import { NOTIFY } from "../../standards/notify.ts";
import type { AccessLogs } from "../storage/access-logs.ts";

export interface AccessRecordsArgs {
  /** Environment's name, in names that are unique in the account. */
  readonly environment: Scope;
  readonly distributionArn: pulumi.Input<string>;
  readonly logs: Pick<AccessLogs, "bucketArn" | "ready">;
}

/** What is recorded of a request. Cookies and queries are left out: they carry sessions and personal data. */
const FIELDS = [
  "date",
  "time",
  "x-edge-location",
  "c-ip",
  "c-port",
  "cs-method",
  "cs(Host)",
  "cs-uri-stem",
  "sc-status",
  "cs(User-Agent)",
  "x-host-header",
  "cs-protocol",
  "cs-protocol-version",
  "cs-bytes",
  "sc-bytes",
  "sc-content-type",
  "sc-content-len",
  "time-taken",
  "time-to-first-byte",
  "x-edge-result-type",
  "x-edge-response-result-type",
  "x-edge-detailed-result-type",
  "x-edge-request-id",
  "x-forwarded-for",
  "ssl-protocol",
  "ssl-cipher",
];

/** Every request to a distribution, recorded in the bucket of access logs; CloudFront hands its records out in us-east-1 only. */
export function recordRequests(
  name: string,
  { environment, distributionArn, logs }: AccessRecordsArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  const place = { region: NOTIFY.globalRegion };
  const physicalName = nameOf(environment, "cdn");
  const source = new cloudwatch.LogDeliverySource(
    name,
    { ...place, name: physicalName, logType: "ACCESS_LOGS", resourceArn: distributionArn },
    opts,
  );
  const destination = new cloudwatch.LogDeliveryDestination(
    name,
    {
      ...place,
      name: physicalName,
      outputFormat: "json",
      deliveryDestinationConfiguration: { destinationResourceArn: pulumi.interpolate`${logs.bucketArn}/cdn` },
    },
    { parent: source },
  );
  new cloudwatch.LogDelivery(
    name,
    {
      ...place,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      recordFields: FIELDS,
      s3DeliveryConfigurations: [
        { enableHiveCompatiblePath: false, suffixPath: "/{DistributionId}/{yyyy}/{MM}/{dd}/{HH}" },
      ],
    },
    { parent: source, dependsOn: [...logs.ready] },
  );
}
