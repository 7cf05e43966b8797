import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import type * as pulumi from "@pulumi/pulumi";

import { AUDIT } from "../../standards/audit.ts";
import type { Notify } from "../notify/notify.ts";
import { createAlarm } from "../shared/alarm.ts";
import { benchmarkEvents } from "./benchmark-events.ts";
import type { SecurityEvent } from "./security-event.ts";

export interface SecurityEventsArgs {
  readonly notify: Pick<Notify, "topicArns" | "usEast1TopicArns" | "runbookBaseUrl">;
  /** The trail's log group. */
  readonly logGroupName: pulumi.Input<string>;
  /** The only role that changes the environment. */
  readonly deployerRoleArn: string;
}

/** CloudWatch namespace of what the trail is searched for. */
const NAMESPACE = "Readiness/Security";

const anyOf = (field: string, values: readonly string[]) =>
  `(${values.map((value) => `($.${field} = "${value}")`).join(" || ")})`;

/** Calls by which somebody gives a person or role more rights. */
const ESCALATIONS = [
  "AddUserToGroup",
  "AttachRolePolicy",
  "AttachUserPolicy",
  "CreateAccessKey",
  "CreateLoginProfile",
  "CreatePolicyVersion",
  "PutRolePolicy",
  "PutUserPolicy",
  "SetDefaultPolicyVersion",
  "UpdateAssumeRolePolicy",
  "CreateAccessEntry",
  "AssociateAccessPolicy",
];

/** Services in which nothing but the pipeline changes anything; controllers and rotation work in others. */
const GUARDED = [
  "cloudtrail.amazonaws.com",
  "config.amazonaws.com",
  "eks.amazonaws.com",
  "guardduty.amazonaws.com",
  "kms.amazonaws.com",
  "rds.amazonaws.com",
];

function events(deployerRoleArn: string): readonly SecurityEvent[] {
  // AWS services act on our behalf with `invokedBy`; that is their work, not a person's.
  const byOthers = `($.userIdentity.sessionContext.sessionIssuer.arn != "${deployerRoleArn}") && ($.userIdentity.invokedBy NOT EXISTS)`;
  return [
    {
      role: "console-login-failures",
      metric: "ConsoleLoginFailures",
      pattern: '{ ($.eventName = "ConsoleLogin") && ($.errorMessage = "Failed authentication") }',
      summary: `More than ${AUDIT.consoleLoginFailuresPerHour} failed console logins within an hour: somebody may be guessing passwords.`,
      audience: "security",
      runbook: "console-login-failures",
      thresholdPerHour: AUDIT.consoleLoginFailuresPerHour,
    },
    {
      role: "root-use",
      metric: "RootUse",
      pattern:
        '{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy NOT EXISTS) && ($.eventType != "AwsServiceEvent") }',
      summary: "The account's root user did something: it may do everything and should do nothing.",
      audience: "security",
      runbook: "root-use",
      thresholdPerHour: 0,
    },
    {
      role: "change-outside-pipeline",
      metric: "ChangesOutsidePipeline",
      pattern: `{ ($.readOnly IS FALSE) && ($.errorCode NOT EXISTS) && ${byOthers} && ${anyOf("eventSource", GUARDED)} }`,
      summary:
        "Somebody other than the pipeline changed the environment: the next deployment may undo it, or it hides something.",
      audience: "security",
      runbook: "change-outside-pipeline",
      thresholdPerHour: 0,
    },
    {
      role: "privilege-escalation",
      metric: "PrivilegeEscalation",
      pattern: `{ ${byOthers} && ${anyOf("eventName", ESCALATIONS)} }`,
      summary: "Somebody other than the pipeline gave rights to a person, role or cluster identity, or tried to.",
      audience: "security",
      runbook: "privilege-escalation",
      thresholdPerHour: 0,
    },
  ];
}

/** Searches the trail for what people must judge, and tells them within the hour. */
export function watchSecurityEvents(name: string, args: SecurityEventsArgs, parent: pulumi.Resource): void {
  const all = [...events(args.deployerRoleArn), ...benchmarkEvents(AUDIT.unauthorisedCallsPerHour)];
  for (const event of all) {
    const filter = new cloudwatch.LogMetricFilter(
      `${name}-${event.role}`,
      {
        logGroupName: args.logGroupName,
        pattern: event.pattern,
        metricTransformation: {
          namespace: NAMESPACE,
          name: event.metric,
          value: "1",
          defaultValue: "0",
          unit: "Count",
        },
      },
      { parent },
    );
    createAlarm(
      `${name}-${event.role}`,
      {
        notify: args.notify,
        audience: event.audience,
        summary: event.summary,
        runbook: event.runbook,
        metric: { namespace: NAMESPACE, name: event.metric, dimensions: {}, statistic: "Sum", periodSeconds: 3600 },
        comparison: "GreaterThanThreshold",
        threshold: event.thresholdPerHour,
        periods: 1,
        // A quiet trail means that nobody did anything; that the trail itself stops is a finding of Security Hub.
        whenDataIsMissing: "notBreaching",
      },
      { parent: filter },
    );
  }
}
