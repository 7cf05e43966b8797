import * as wafv2 from "@pulumi/aws/wafv2/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import type { ServiceSettings } from "../../config/blocks/services/service.ts";
import type { WafSettings } from "../../config/blocks/waf.ts";
import { nameOf } from "../../core/names.ts";
import { pathPattern } from "../../core/path-pattern.ts";
import { NOTIFY } from "../../standards/notify.ts";
import { WAF } from "../../standards/waf.ts";
import type { RegionalKeys } from "../keys/regional-keys.ts";
import type { Audiences } from "./audiences.ts";
import { audiencesOf, isNotOf, isOf, labelAudiences } from "./audiences.ts";
import { logRequests } from "./logging.ts";
import type { NamedRule } from "./statements.ts";
import {
  allOf,
  blockedPaths,
  dataProtection,
  inOrder,
  inspectionLimit,
  largeBodies,
  longPaths,
  managedGroup,
  otherMethods,
  pathMatches,
  rateRule,
  visibility,
} from "./statements.ts";

export interface EdgeFirewallArgs {
  readonly environment: Environment;
  readonly settings: WafSettings;
  /** The catalogue: whose requests a path's are, its rows say. */
  readonly services: readonly ServiceSettings[];
  /** Keys of us-east-1, where the CDN's firewall lives. */
  readonly keys: Pick<RegionalKeys, "in">;
}

/**
 * Rates by audience. A machine with a key is counted by its key and, widely, by its address, and by nothing else: the rates
 * of people would stop a customer's server that ships events.
 */
function rates({ rates: { api, authentication, machine, general } }: WafSettings, audiences: Audiences): NamedRule[] {
  const hasMachines = audiences.machine.length > 0;
  const ofApi = pathMatches(pathPattern(api.pathPrefixes));
  const { windowSeconds, keyHeader } = machine;
  const ofMachines = { windowSeconds, scope: isOf("machine") };
  return [
    ...(audiences.login.length === 0
      ? []
      : [rateRule("rate-authentication", { ...authentication, scope: isOf("login") })]),
    ...(hasMachines
      ? [
          rateRule("rate-machine-key", { ...ofMachines, requests: machine.requestsPerKey, keyHeader }),
          rateRule("rate-machine-address", { ...ofMachines, requests: machine.requestsPerAddress }),
        ]
      : []),
    rateRule("rate-api", { ...api, scope: hasMachines ? allOf([isNotOf("machine"), ofApi]) : ofApi }),
    rateRule("rate-general", { ...general, scope: hasMachines ? isNotOf("machine") : undefined }),
  ];
}

/** Bodies by audience; uploads are let through, looked at as far as the firewall sees. */
function bodies({ maxBodyKiB, uploadPathPrefixes }: WafSettings, audiences: Audiences): NamedRule[] {
  const special = (["login", "machine"] as const).filter((audience) => audiences[audience].length > 0);
  const limits = { login: maxBodyKiB.authentication, machine: maxBodyKiB.machine };
  const uploads =
    uploadPathPrefixes.length === 0
      ? []
      : [{ notStatement: { statement: pathMatches(pathPattern(uploadPathPrefixes)) } }];
  return [
    ...special.map((audience) => largeBodies(`large-bodies-${audience}`, limits[audience], [isOf(audience)])),
    largeBodies("large-bodies", maxBodyKiB.api, [...special.map(isNotOf), ...uploads]),
  ];
}

/** The cheap and the certain first; the narrow rate before the wide one, so that its limit is the one that shows. */
function rulesOf(settings: WafSettings, audiences: Audiences): NamedRule[] {
  return [
    managedGroup("AWSManagedRulesAmazonIpReputationList"),
    ...labelAudiences(audiences, settings.rates.machine.keyHeader),
    ...rates(settings, audiences),
    otherMethods(settings.allowedMethods),
    longPaths(),
    ...(settings.blockedPathPrefixes.length === 0 ? [] : [blockedPaths(settings.blockedPathPrefixes)]),
    ...bodies(settings, audiences),
    // Our own limits decide on bodies: the group's is fixed at 8 KiB.
    managedGroup("AWSManagedRulesCommonRuleSet", ["SizeRestrictions_BODY"]),
    managedGroup("AWSManagedRulesKnownBadInputsRuleSet"),
    managedGroup("AWSManagedRulesSQLiRuleSet"),
  ];
}

/**
 * The firewall in front of the CDN, and the only one that knows visitors by their addresses: behind it every request comes
 * from CloudFront. Rates by audience, bad reputation, injection, known attacks, odd sizes, methods and paths. Cost: about
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
    const secretHeaders = [...new Set([...WAF.secretHeaders, settings.rates.machine.keyHeader])];
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
        rules: inOrder(rulesOf(settings, audiencesOf(args.services, settings))),
        associationConfig: {
          requestBodies: [
            {
              cloudfront: {
                defaultSizeInspectionLimit: inspectionLimit(Math.max(...Object.values(settings.maxBodyKiB))),
              },
            },
          ],
        },
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
        subject: "edge",
        region,
        retentionDays: settings.logRetentionDays,
        kmsKeyArn: keys.in(region).arns.logs,
        webAcl,
        secretHeaders,
      },
      { parent: this },
    );
    this.arn = webAcl.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
