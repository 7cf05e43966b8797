import * as wafv2 from "@pulumi/aws/wafv2/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import type { WafSettings } from "../../config/blocks/waf.ts";
import { nameOf } from "../../core/names.ts";
import { NOTIFY } from "../../standards/notify.ts";
import { WAF } from "../../standards/waf.ts";
import type { RegionalKeys } from "../keys/regional-keys.ts";
import { logRequests } from "./logging.ts";
import {
  blockedPaths,
  dataProtection,
  inOrder,
  inspectionLimit,
  largeBodies,
  longPaths,
  managedGroup,
  otherMethods,
  rateTier,
  visibility,
} from "./statements.ts";

export interface EdgeFirewallArgs {
  readonly environment: Environment;
  readonly settings: WafSettings;
  /** Keys of us-east-1, where the CDN's firewall lives. */
  readonly keys: Pick<RegionalKeys, "in">;
}

/**
 * The firewall in front of the CDN, and the only one that knows visitors by their addresses: behind it every request comes
 * from CloudFront. Rates in three tiers, bad reputation, injection, known attacks, odd sizes, methods and paths. Cost: about
 * $20 a month and $0.60 for a million requests; bodies beyond 16 KiB a little more. SEC-05, SEC-06, SEC-08
 */
export class EdgeFirewall extends pulumi.ComponentResource {
  /** Web ACL for `webAclId` of distributions. */
  readonly arn: pulumi.Output<string>;
  /** Name of the web ACL in metrics. */
  readonly metricName: string;

  constructor(name: string, args: EdgeFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:edge:EdgeFirewall", name, {}, opts);
    const { environment, settings, keys } = args;
    const region = NOTIFY.globalRegion;
    this.metricName = nameOf(environment, "edge");
    const webAcl = new wafv2.WebAcl(
      name,
      {
        region,
        name: this.metricName,
        description: "In front of the CDN",
        scope: "CLOUDFRONT",
        defaultAction: { allow: {} },
        rules: this.rules(settings),
        associationConfig: {
          requestBodies: [{ cloudfront: { defaultSizeInspectionLimit: inspectionLimit(settings.maxBodyKiB) } }],
        },
        dataProtectionConfig: dataProtection(WAF.secretHeaders),
        visibilityConfig: visibility(this.metricName),
        tags: { Name: this.metricName },
      },
      { parent: this },
    );
    logRequests(
      name,
      {
        environment,
        subject: "edge",
        region,
        retentionDays: settings.logRetentionDays,
        kmsKeyArn: keys.in(region).arns.logs,
        webAcl,
        secretHeaders: WAF.secretHeaders,
      },
      { parent: this },
    );
    this.arn = webAcl.arn;
    this.registerOutputs({ arn: this.arn });
  }

  /** The cheap and the certain first; the narrow rate before the wide one, so that its limit is the one that shows. */
  private rules(settings: WafSettings): ReturnType<typeof inOrder> {
    return inOrder([
      managedGroup("AWSManagedRulesAmazonIpReputationList"),
      rateTier("authentication", settings.rates),
      rateTier("api", settings.rates),
      rateTier("general", settings.rates),
      otherMethods(settings.allowedMethods),
      longPaths(),
      ...(settings.blockedPathPrefixes.length === 0 ? [] : [blockedPaths(settings.blockedPathPrefixes)]),
      largeBodies(settings.maxBodyKiB, settings.uploadPathPrefixes),
      // Our own limit decides on bodies: the group's is fixed at 8 KiB.
      managedGroup("AWSManagedRulesCommonRuleSet", ["SizeRestrictions_BODY"]),
      managedGroup("AWSManagedRulesKnownBadInputsRuleSet"),
      managedGroup("AWSManagedRulesSQLiRuleSet"),
    ]);
  }
}
