import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as route53 from "@pulumi/aws/route53/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { DnsSettings } from "../../config/blocks/dns.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import type { KeysSettings } from "../../config/blocks/keys.ts";
import { logGroupName, nameOf, originHost, zoneArn } from "../../core/names.ts";
import { DNS } from "../../standards/dns.ts";
import { NOTIFY } from "../../standards/notify.ts";
import type { RegionalKeys } from "../keys/regional-keys.ts";
import type { Notify } from "../notify/notify.ts";
import { policyDocumentOutput } from "../shared/iam.ts";
import { createSigning } from "./signing.ts";

export interface DnsArgs {
  readonly environment: Environment;
  readonly settings: DnsSettings;
  /** How long a deleted signing key can be called back. */
  readonly keysSettings: KeysSettings;
  /** Keys of us-east-1, where Route 53 writes its log. */
  readonly keys: Pick<RegionalKeys, "in">;
  readonly notify: Pick<Notify, "topicArns" | "usEast1TopicArns" | "runbookBaseUrl">;
}

/**
 * The zone in which the environment has its names, made here or adopted: only the listed authorities may issue certificates
 * for it, every question is on record, and answers are signed where the parent zone plays along. Cost: $0.50 a month and
 * $0.40 for a million questions; signing adds a key ($1).
 */
export class Dns extends pulumi.ComponentResource {
  readonly zoneId: pulumi.Output<string>;
  /** Name of the zone, without a dot at the end. */
  readonly zoneName: string;
  /** Host under which the CDN reaches the balancer; a controller in the cluster writes the record. */
  readonly originHost: string;
  /** What the parent zone must delegate to; undefined for an adopted zone. */
  readonly nameServers: pulumi.Output<string[]> | undefined;
  /** What the parent zone must carry for signed answers to be believed; undefined without DNSSEC. */
  readonly dsRecord: pulumi.Output<string> | undefined;

  constructor(name: string, args: DnsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:edge:Dns", name, {}, opts);
    const { settings } = args;
    const zone = settings.existingZoneId === null ? this.createZone(name, args) : undefined;
    this.zoneId = zone === undefined ? pulumi.output(settings.existingZoneId ?? "") : zone.zoneId;
    this.zoneName = settings.zoneName;
    this.originHost = originHost(settings.zoneName);
    this.nameServers = zone?.nameServers;
    this.restrictIssuers(name, settings, zone ?? this);
    this.logQueries(name, args, zone ?? this);
    this.dsRecord = settings.dnssec
      ? createSigning(name, { ...args, zoneId: this.zoneId }, { parent: zone ?? this })
      : undefined;
    this.registerOutputs({ zoneId: this.zoneId, nameServers: this.nameServers, dsRecord: this.dsRecord });
  }

  private createZone(name: string, { environment, settings }: DnsArgs): route53.Zone {
    return new route53.Zone(
      name,
      {
        name: settings.zoneName,
        comment: `Preflight ${environment.name}`,
        forceDestroy: false,
        tags: { Name: settings.zoneName },
      },
      {
        parent: this,
        protect: environment.protectStatefulResources,
        retainOnDelete: environment.retainStatefulResources,
      },
    );
  }

  private restrictIssuers(name: string, settings: DnsSettings, parent: pulumi.Resource): void {
    const issuers = settings.certificateIssuers.flatMap((issuer) => [`0 issue "${issuer}"`, `0 issuewild "${issuer}"`]);
    new route53.Record(
      `${name}-caa`,
      {
        zoneId: this.zoneId,
        name: settings.zoneName,
        type: "CAA",
        ttl: DNS.stableTtlSeconds,
        records: [...issuers, `0 iodef "mailto:${settings.certificateReportsTo}"`],
      },
      { parent },
    );
  }

  /** Route 53 writes to us-east-1 only, and only where a policy of CloudWatch Logs lets it. */
  private logQueries(name: string, { environment, settings, keys }: DnsArgs, parent: pulumi.Resource): void {
    const region = NOTIFY.globalRegion;
    const log = new cloudwatch.LogGroup(
      `${name}-queries`,
      {
        region,
        name: logGroupName.queries(settings.zoneName),
        retentionInDays: settings.queryLogRetentionDays,
        kmsKeyId: keys.in(region).arns.logs,
      },
      { parent },
    );
    const policy = new cloudwatch.LogResourcePolicy(
      `${name}-queries`,
      {
        region,
        policyName: nameOf(environment, "route53"),
        policyDocument: policyDocumentOutput([
          {
            Sid: "Route53Writes",
            Effect: "Allow",
            Principal: { Service: "route53.amazonaws.com" },
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${log.arn}:*`,
            Condition: {
              StringEquals: { "aws:SourceAccount": environment.accountId },
              ArnLike: { "aws:SourceArn": this.zoneId.apply(zoneArn) },
            },
          },
        ]),
      },
      { parent: log },
    );
    new route53.QueryLog(
      `${name}-queries`,
      { zoneId: this.zoneId, cloudwatchLogGroupArn: log.arn },
      { parent: log, dependsOn: [policy] },
    );
  }
}
