import * as accessanalyzer from "@pulumi/aws/accessanalyzer/index.js";
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as guardduty from "@pulumi/aws/guardduty/index.js";
import * as securityhub from "@pulumi/aws/securityhub/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { AuditSettings } from "../../config/blocks/audit.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { awsArn, nameOf } from "../../core/names.ts";
import { AUDIT } from "../../standards/audit.ts";

export interface FindingsArgs {
  readonly environment: Environment;
  readonly settings: AuditSettings;
  /** Topic of the security audience in the stack's region. */
  readonly topicArn: pulumi.Input<string>;
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

function createGuardDuty(name: string, parent: pulumi.Resource): void {
  const detector = new guardduty.Detector(
    `${name}-guardduty`,
    { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" },
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

/** What goes from a service's findings to people: new ones of medium severity and above. */
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
export function createFindings(
  name: string,
  { environment, settings, topicArn }: FindingsArgs,
  parent: pulumi.Resource,
): void {
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
    new cloudwatch.EventTarget(`${name}-${service}-findings`, { rule: rule.name, arn: topicArn }, { parent: rule });
  }
}
