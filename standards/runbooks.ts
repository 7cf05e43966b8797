/**
 * The pages that alarms of the cloud link to: `docs/runbooks/<name>.md`. An alarm can name no other, and a test proves
 * that each page exists and says meaning, first look, mitigation and escalation. MON-28
 */
export const RUNBOOKS = [
  "backup-missing",
  "change-outside-pipeline",
  "console-login-failures",
  "database-event",
  "endpoint-unreachable",
  "findings-not-told",
  "login-without-mfa",
  "pager-broken",
  "privilege-escalation",
  "queue-backlog",
  "queue-dead-letters",
  "queue-stalled",
  "root-use",
  "secret-too-old",
  "security-relevant-change",
  "unauthorised-calls",
  "zone-signing-broken",
] as const;

export type Runbook = (typeof RUNBOOKS)[number];
