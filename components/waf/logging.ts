import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as wafv2 from "@pulumi/aws/wafv2/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Place, Scope } from "../../core/names.ts";
import { arnOf, logGroupName, nameOf } from "../../core/names.ts";
import { policyDocumentOutput } from "../shared/iam.ts";

export interface WafLoggingArgs {
  readonly environment: Scope & Pick<Place, "accountId">;
  /** What the web ACL guards, in the log group's name. */
  readonly subject: "edge" | "balancer";
  /** Region of the web ACL; logs go nowhere else. */
  readonly region: string;
  readonly retentionDays: number;
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly webAcl: wafv2.WebAcl;
  /** Headers whose values are never written down. */
  readonly secretHeaders: readonly string[];
}

/** Every request that the web ACL judged, on record in its region, without what would let a reader act as the sender. */
export function logRequests(name: string, args: WafLoggingArgs, opts: pulumi.CustomResourceOptions): void {
  const { environment, subject, region, webAcl } = args;
  const log = new cloudwatch.LogGroup(
    name,
    {
      region,
      name: logGroupName.webAcl(environment, subject),
      retentionInDays: args.retentionDays,
      kmsKeyId: args.kmsKeyArn,
    },
    opts,
  );
  // Made here, so that WAF need not change the account's policies by itself.
  const policy = new cloudwatch.LogResourcePolicy(
    name,
    {
      region,
      policyName: nameOf(environment, subject, "waf"),
      policyDocument: policyDocumentOutput([
        {
          Sid: "WafWrites",
          Effect: "Allow",
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: pulumi.interpolate`${log.arn}:*`,
          Condition: {
            StringEquals: { "aws:SourceAccount": environment.accountId },
            ArnLike: { "aws:SourceArn": arnOf({ accountId: environment.accountId, region }, "logs", "*") },
          },
        },
      ]),
    },
    { parent: log },
  );
  new wafv2.WebAclLoggingConfiguration(
    name,
    {
      region,
      resourceArn: webAcl.arn,
      logDestinationConfigs: [log.arn],
      redactedFields: args.secretHeaders.map((header) => ({ singleHeader: { name: header } })),
    },
    { parent: webAcl, dependsOn: [policy] },
  );
}
