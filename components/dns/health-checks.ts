import * as route53 from "@pulumi/aws/route53/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { DnsSettings } from "../../config/blocks/dns.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { nameOf } from "../../core/names.ts";
import type { Notify } from "../notify/notify.ts";
import { createAlarm } from "../shared/alarm.ts";

export interface HealthChecksArgs {
  readonly environment: Environment;
  readonly settings: DnsSettings["healthChecks"];
  /** Host that visitors use. */
  readonly host: string;
  /** True while the home page answers with the maintenance notice: nobody is paged for what was announced. */
  readonly maintenance: boolean;
  readonly notify: Pick<Notify, "topicArns" | "usEast1TopicArns" | "runbookBaseUrl">;
}

type Target = keyof DnsSettings["healthChecks"]["paths"];

/** What it means for visitors when a check fails. */
const MEANING: Readonly<Record<Target, string>> = {
  home: "The home page does not answer from several regions: visitors see an error instead of the site.",
  api: "The API does not answer from several regions: applications do not work.",
  health: "The services' health page reports trouble or does not answer from several regions.",
};

/**
 * The environment as visitors see it: home page, API and health page over HTTPS from several regions of the world, each with
 * an alarm that pages. An address counts as down when 18 % of the places at most still reach it: one region's trouble is not
 * ours. Cost: about $2 a check and month. NET-07
 */
export class HealthChecks extends pulumi.ComponentResource {
  /** Id of each check. */
  readonly ids: Readonly<Record<Target, pulumi.Output<string>>>;

  constructor(name: string, args: HealthChecksArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:edge:HealthChecks", name, {}, opts);
    this.ids = {
      home: this.createCheck(name, "home", args),
      api: this.createCheck(name, "api", args),
      health: this.createCheck(name, "health", args),
    };
    this.registerOutputs({ ids: this.ids });
  }

  private createCheck(
    name: string,
    target: Target,
    { environment, settings, host, maintenance, notify }: HealthChecksArgs,
  ): pulumi.Output<string> {
    const check = new route53.HealthCheck(
      `${name}-${target}`,
      {
        type: "HTTPS",
        fqdn: host,
        port: 443,
        resourcePath: settings.paths[target],
        enableSni: true,
        measureLatency: true,
        regions: [...settings.regions],
        requestInterval: settings.intervalSeconds,
        failureThreshold: settings.failureThreshold,
        // A check that is switched off counts as healthy.
        disabled: target === "home" && maintenance,
        tags: { Name: nameOf(environment, target) },
      },
      { parent: this },
    );
    createAlarm(
      `${name}-${target}`,
      {
        notify,
        audience: "page",
        summary: MEANING[target],
        runbook: "endpoint-unreachable",
        metric: {
          namespace: "AWS/Route53",
          name: "HealthCheckStatus",
          dimensions: { HealthCheckId: check.id },
          statistic: "Minimum",
          periodSeconds: 60,
        },
        comparison: "LessThanThreshold",
        threshold: 1,
        periods: 2,
        // Route 53 reports every minute whatever it finds: silence means that nobody watches.
        whenDataIsMissing: "breaching",
        global: true,
      },
      { parent: check },
    );
    return check.id;
  }
}
