/**
 * Tells PagerDuty what the page topics say: an alarm that starts opens an incident, the same alarm's end closes it.
 * The integration's key is read from Secrets Manager when it is needed, kept for five minutes, and never logged.
 * A message that PagerDuty did not take is an error: Lambda tries again, then hands it to the on-failure destination.
 * Needs only what the Lambda runtime ships.
 * @see https://developer.pagerduty.com/docs/send-alert-event
 */

/** Milliseconds for which a key that was read is used; a new one counts after that. */
const KEY_LIFETIME = 300_000;
/** Longest summary and deduplication key that PagerDuty takes, in characters. */
const MAX_SUMMARY = 1024;
const MAX_DEDUPLICATION = 255;
/** What an alarm's state asks of the incident; "insufficient data" asks nothing. */
const ACTIONS = { ALARM: "trigger", OK: "resolve" };

let key;

/** The integration's key; the SDK is loaded on the first call, since a build machine need not have it. */
async function readKey(secretArn) {
  if (key !== undefined && Date.now() - key.readAt < KEY_LIFETIME) return key.value;
  const { GetSecretValueCommand, SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
  const { SecretString } = await new SecretsManagerClient({}).send(new GetSecretValueCommand({ SecretId: secretArn }));
  if (!SecretString) throw new Error("The integration key's secret has no value yet");
  key = { value: SecretString.trim(), readAt: Date.now() };
  return key.value;
}

function parseAlarm(message) {
  try {
    const alarm = JSON.parse(message);
    return typeof alarm?.AlarmName === "string" ? alarm : undefined;
  } catch {
    return undefined;
  }
}

/** The event for one notification, without the key; undefined when there is nothing to say. */
export function toEvent({ MessageId, Subject, Message, Timestamp, TopicArn }) {
  const alarm = parseAlarm(Message);
  if (alarm === undefined) {
    const summary = `${Subject ?? Message}`.slice(0, MAX_SUMMARY);
    return {
      event_action: "trigger",
      dedup_key: MessageId,
      payload: {
        summary,
        source: TopicArn,
        severity: "critical",
        timestamp: Timestamp,
        custom_details: { message: Message },
      },
      links: [],
    };
  }
  const event_action = ACTIONS[alarm.NewStateValue];
  if (event_action === undefined) return undefined;
  const runbook = /https:\/\/\S+/.exec(alarm.AlarmDescription ?? "")?.[0];
  return {
    event_action,
    dedup_key: `${alarm.AlarmArn ?? alarm.AlarmName}`.slice(-MAX_DEDUPLICATION),
    payload: {
      summary: `${alarm.AlarmName}: ${alarm.AlarmDescription ?? alarm.NewStateReason}`.slice(0, MAX_SUMMARY),
      source: alarm.AlarmArn ?? TopicArn,
      severity: "critical",
      timestamp: alarm.StateChangeTime ?? Timestamp,
      custom_details: { reason: alarm.NewStateReason, region: alarm.Region, account: alarm.AWSAccountId },
    },
    links: runbook === undefined ? [] : [{ href: runbook, text: "Runbook" }],
  };
}

/** Sends the events of one invocation; `dependencies` are replaced in tests. */
export async function forward({ Records }, { readKey: keyOf, fetch: send, environment }) {
  for (const { Sns } of Records) {
    const event = toEvent(Sns);
    if (event === undefined) continue;
    const routing_key = await keyOf(environment.SECRET_ARN);
    const response = await send(environment.EVENTS_URL, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...event, routing_key }),
      signal: AbortSignal.timeout(10_000),
    });
    if (!response.ok) {
      // A key that was renewed counts at the next try.
      key = undefined;
      throw new Error(`PagerDuty did not take ${event.dedup_key}: status ${response.status}`);
    }
  }
}

export const handler = (event) => forward(event, { readKey, fetch, environment: process.env });
