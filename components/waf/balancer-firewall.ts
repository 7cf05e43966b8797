import * as wafv2 from "@pulumi/aws/wafv2/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import type { WafSettings } from "../../config/blocks/waf.ts";
import { nameOf } from "../../core/names.ts";
import { CDN } from "../../standards/cdn.ts";
import { WAF } from "../../standards/waf.ts";
import type { OriginSecret } from "../cdn/origin-secret.ts";
import type { Keys } from "../keys/keys.ts";
import { logRequests } from "./logging.ts";
import { dataProtection, inOrder, managedGroup, visibility, withoutHeader } from "./statements.ts";

export interface BalancerFirewallArgs {
  readonly environment: Environment;
  readonly settings: Pick<WafSettings, "logRetentionDays">;
  readonly keys: Pick<Keys<"logs">, "arns">;
  readonly originSecret: Pick<OriginSecret, "accepted">;
}

/**
 * The firewall of the balancers behind the CDN. It refuses whatever lacks the CDN's secret header: here, once for every
 * listener, rather than in the rules of each Ingress, where one would be forgotten and the secret would stand in the cluster.
 * It counts and judges no addresses, which are all CloudFront's. Cost: about $9 a month and $0.60 for a million requests.
 * SEC-06, SEC-08
 */
export class BalancerFirewall extends pulumi.ComponentResource {
  /** Web ACL for balancers of the stack's region. */
  readonly arn: pulumi.Output<string>;
  /** Name of the web ACL in metrics. */
  readonly metricName: string;

  constructor(name: string, args: BalancerFirewallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:edge:BalancerFirewall", name, {}, opts);
    const { environment, settings, keys } = args;
    const secretHeaders = [...WAF.secretHeaders, CDN.originHeader];
    this.metricName = nameOf(environment, "balancer");
    const webAcl = new wafv2.WebAcl(
      name,
      {
        name: this.metricName,
        description: "Behind the CDN, in front of the services",
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        rules: inOrder([
          withoutHeader(CDN.originHeader, args.originSecret.accepted),
          // The CDN's firewall decides on the size of bodies; here only 8 KiB can be looked at.
          managedGroup("AWSManagedRulesCommonRuleSet", ["SizeRestrictions_BODY"]),
          managedGroup("AWSManagedRulesKnownBadInputsRuleSet"),
          managedGroup("AWSManagedRulesSQLiRuleSet"),
        ]),
        dataProtectionConfig: dataProtection(secretHeaders),
        visibilityConfig: visibility(this.metricName),
        tags: { Name: this.metricName },
      },
      { parent: this },
    );
    logRequests(
      name,
      {
        environment,
        subject: "balancer",
        region: environment.region,
        retentionDays: settings.logRetentionDays,
        kmsKeyArn: keys.arns.logs,
        webAcl,
        secretHeaders,
      },
      { parent: this },
    );
    this.arn = webAcl.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
