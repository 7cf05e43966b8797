import * as accessanalyzer from "@pulumi/aws/accessanalyzer/index.js";
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as guardduty from "@pulumi/aws/guardduty/index.js";
import * as securityhub from "@pulumi/aws/securityhub/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { AuditSettings } from "../../config/blocks/audit.ts";
import { awsArn, nameOf } from "../../core/names.ts";
import { AUDIT } from "../../standards/audit.ts";
import type { ToldOnceArgs } from "./told-once.ts";
import { ToldOnce } from "./told-once.ts";

export interface FindingsArgs extends Pick<ToldOnceArgs, "environment" | "keys" | "notify"> {
  readonly settings: AuditSettings;
}

/** What GuardDuty reads beside the trail, flow logs and DNS. */
const FEATURES = [
  "EBS_MALWARE_PROTECTION",
  "EKS_AUDIT_LOGS",
  "LAMBDA_NETWORK_LOGS",
  "RDS_LOGIN_EVENTS",
  "S3_DATA_EVENTS",
] as const;

/** Standards that Security Hub judges the account by. */
const STANDARDS = {
  "best-practices": "aws-foundational-security-best-practices/v/1.0.0",
  cis: "cis-aws-foundations-benchmark/v/5.0.0",
} as const;

/**
 * A new finding is told within minutes, whatever the frequency: that is how often one that goes on is told again, and an
 * attack that lasts a day is not told a hundred times. An archived finding is told no more.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 */
function createGuardDuty(name: string, parent: pulumi.Resource): void {
  const detector = new guardduty.Detector(
    `${name}-guardduty`,
    { enable: true, findingPublishingFrequency: "SIX_HOURS" },
    { parent },
  );
  const child = { parent: detector };
  for (const feature of FEATURES) {
    new guardduty.DetectorFeature(
      `${name}-${feature.toLowerCase().replaceAll("_", "-")}`,
      { detectorId: detector.id, name: feature, status: "ENABLED" },
      child,
    );
  }
  new guardduty.DetectorFeature(
    `${name}-runtime-monitoring`,
    {
      detectorId: detector.id,
      name: "RUNTIME_MONITORING",
      status: "ENABLED",
      // GuardDuty brings its own agent to the nodes; the other two kinds of compute are not used here.
      additionalConfigurations: [
        { name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" },
        { name: "ECS_FARGATE_AGENT_MANAGEMENT", status: "DISABLED" },
        { name: "EC2_AGENT_MANAGEMENT", status: "DISABLED" },
      ],
    },
    child,
  );
}

function createSecurityHub(name: string, region: string, parent: pulumi.Resource): void {
  // The default set would subscribe standards that nobody chose.
  const hub = new securityhub.Account(
    `${name}-security-hub`,
    { enableDefaultStandards: false, controlFindingGenerator: "SECURITY_CONTROL", autoEnableControls: true },
    { parent },
  );
  for (const [standard, path] of Object.entries(STANDARDS)) {
    const standardsArn = awsArn(region, "securityhub", `standards/${path}`);
    new securityhub.StandardsSubscription(`${name}-${standard}`, { standardsArn }, { parent: hub });
  }
}

/**
 * What goes from a service's findings to people: new ones of medium severity and above. GuardDuty sends one that goes on
 * again, at its frequency; Security Hub with every check, until it is marked as told; the access analyzer when its state
 * changes.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html
 */
const ROUTES = {
  guardduty: {
    source: ["aws.guardduty"],
    "detail-type": ["GuardDuty Finding"],
    detail: { severity: [{ numeric: [">=", AUDIT.minFindingSeverity] }] },
  },
  "security-hub": {
    source: ["aws.securityhub"],
    "detail-type": ["Security Hub Findings - Imported"],
    detail: {
      findings: {
        Severity: { Label: [...AUDIT.findingLabels] },
        Workflow: { Status: ["NEW"] },
        RecordState: ["ACTIVE"],
        // What passes, or cannot be judged, is imported as well.
        Compliance: { Status: ["FAILED"] },
        // GuardDuty's come by their own route, in minutes.
        ProductName: [{ "anything-but": ["GuardDuty"] }],
      },
    },
  },
  "access-analyzer": {
    source: ["aws.access-analyzer"],
    "detail-type": ["Access Analyzer Finding"],
    detail: { status: ["ACTIVE"] },
  },
} as const;

/**
 * The services that look for intruders and weak settings, each unless the organisation has it already, and the routes by
 * which their findings reach the security topic. The routes are always there: an organisation's detectors report here too.
 */
export function createFindings(name: string, args: FindingsArgs, parent: pulumi.Resource): void {
  const { environment, settings } = args;
  if (settings.guardDuty.managedBy === "stack") createGuardDuty(name, parent);
  if (settings.securityHub.managedBy === "stack") createSecurityHub(name, environment.region, parent);
  if (settings.accessAnalyzer.managedBy === "stack") {
    new accessanalyzer.Analyzer(
      `${name}-access-analyzer`,
      { analyzerName: nameOf(environment), type: "ACCOUNT" },
      { parent },
    );
  }
  for (const [service, pattern] of Object.entries(ROUTES)) {
    const rule = new cloudwatch.EventRule(
      `${name}-${service}-findings`,
      { description: `Findings of ${service} that people must judge`, eventPattern: JSON.stringify(pattern) },
      { parent },
    );
    new cloudwatch.EventTarget(
      `${name}-${service}-findings`,
      {
        rule: rule.name,
        arn: service === "security-hub" ? tellOnce(name, args, rule) : args.notify.topicArns.security,
      },
      { parent: rule },
    );
  }
}

function tellOnce(name: string, args: FindingsArgs, rule: cloudwatch.EventRule): pulumi.Output<string> {
  const { environment, keys, notify, settings } = args;
  return new ToldOnce(
    `${name}-security-hub`,
    { environment, keys, notify, logRetentionDays: settings.logRetentionDays, ruleArn: rule.arn },
    { parent: rule },
  ).functionArn;
}
