import * as pulumi from "@pulumi/pulumi";

import type { RegionalKeys } from "../../components/keys/regional-keys.ts";
import type { TopicArns } from "../../components/notify/notify.ts";
import type { NotifySettings } from "../../config/blocks/notify.ts";

export const RUNBOOK_BASE_URL = "https://github.com/example-org/preflight/blob/main/docs/runbooks";

/** Settings of notifications with everything on. */
export const NOTIFY_SETTINGS: NotifySettings = {
  runbookBaseUrl: RUNBOOK_BASE_URL,
  email: {
    page: ["on-call@example.com"],
    ticket: ["team@example.com"],
    security: ["security@example.com", "officer@example.com"],
    cost: ["finance@example.com"],
  },
  slack: {
    workspaceId: "T0EXAMPLE01",
    channels: [
      { name: "incidents", id: "C0INCIDENT1", audiences: ["page", "ticket"] },
      { name: "security", id: "C0SECURITY1", audiences: ["security"] },
    ],
    webhookSecret: "slack-webhook",
  },
  pagerDuty: { serviceRegion: "eu", integrationKeySecret: "pagerduty-integration-key", logRetentionDays: 90 },
  smsNumbers: ["+441632960001"],
};

function topicArns(region: string): TopicArns {
  const arn = (audience: string) => pulumi.output(`arn:aws:sns:${region}:111122223333:${audience}`);
  return { page: arn("page"), ticket: arn("ticket"), security: arn("security"), cost: arn("cost") };
}

/** Notifications as other components are given them. */
export const FAKE_NOTIFY = {
  runbookBaseUrl: RUNBOOK_BASE_URL,
  regions: ["eu-west-1", "us-east-1", "eu-central-1"],
  topicArns: topicArns("eu-west-1"),
  usEast1TopicArns: topicArns("us-east-1"),
  topicArnsIn: topicArns,
};

/** Keys of every region. */
export const FAKE_REGIONAL_KEYS: Pick<RegionalKeys, "in"> = {
  in: (region) => {
    const arn = (purpose: string) => pulumi.output(`arn:aws:kms:${region}:111122223333:key/${purpose}`);
    return { arns: { messaging: arn("messaging"), logs: arn("logs"), backup: arn("backup") } };
  },
};
