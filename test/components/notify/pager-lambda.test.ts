import { describe, expect, it } from "vitest";

import { forward, toEvent } from "../../../components/notify/pager-lambda/index.js";

const ALARM_ARN = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:queue-ingestion-stalled";
const alarm = (NewStateValue: string) => ({
  MessageId: "message-1",
  Subject: "ALARM",
  TopicArn: "arn:aws:sns:eu-west-1:111122223333:page",
  Timestamp: "2026-11-21T10:00:00.000Z",
  Message: JSON.stringify({
    AlarmName: "queue-ingestion-stalled",
    AlarmArn: ALARM_ARN,
    AlarmDescription: "Messages wait too long. Runbook: https://example.com/runbooks/queue-stalled.md",
    NewStateValue,
    NewStateReason: "Threshold Crossed",
    Region: "EU (Ireland)",
  }),
});

const environment = { SECRET_ARN: "arn-of-the-secret", EVENTS_URL: "https://events.eu.pagerduty.com/v2/enqueue" };

/** Runs the function against a PagerDuty that answers with `status`; tells what it was sent. */
async function deliver(records: object[], status = 202) {
  const sent: { url: string; body: Record<string, unknown> }[] = [];
  const send = (url: string, { body }: { body: string }) => {
    sent.push({ url, body: JSON.parse(body) });
    return Promise.resolve({ ok: status < 300, status });
  };
  await forward(
    { Records: records.map((Sns) => ({ Sns })) },
    { readKey: () => Promise.resolve("routing-key"), fetch: send, environment },
  );
  return sent;
}

describe("the pager's function", () => {
  it("opens an incident when an alarm starts, with the runbook as a link", () => {
    expect(toEvent(alarm("ALARM"))).toMatchObject({
      event_action: "trigger",
      dedup_key: ALARM_ARN,
      payload: { severity: "critical", source: ALARM_ARN },
      links: [{ href: "https://example.com/runbooks/queue-stalled.md", text: "Runbook" }],
    });
  });

  it("closes the same incident when the alarm ends", () => {
    expect(toEvent(alarm("OK"))).toMatchObject({ event_action: "resolve", dedup_key: ALARM_ARN });
  });

  it("says nothing when an alarm only lacks data", async () => {
    expect(await deliver([alarm("INSUFFICIENT_DATA")])).toEqual([]);
  });

  it("opens an incident for text that is no alarm, rather than dropping it", () => {
    const event = toEvent({
      MessageId: "message-2",
      Subject: undefined,
      TopicArn: "topic",
      Timestamp: "now",
      Message: "the cellar is on fire",
    });
    expect(event).toMatchObject({
      event_action: "trigger",
      dedup_key: "message-2",
      payload: { summary: "the cellar is on fire" },
    });
  });

  it("keeps within PagerDuty's lengths", () => {
    const event = toEvent({
      MessageId: "message-3",
      Subject: undefined,
      TopicArn: "topic",
      Timestamp: "now",
      Message: "x".repeat(5000),
    });
    expect(event?.payload.summary).toHaveLength(1024);
  });

  it("sends one event a record to the service region's address, with the key in the body", async () => {
    const sent = await deliver([alarm("ALARM"), alarm("OK")]);
    expect(sent.map(({ url, body }) => [url, body["event_action"], body["routing_key"]])).toEqual([
      ["https://events.eu.pagerduty.com/v2/enqueue", "trigger", "routing-key"],
      ["https://events.eu.pagerduty.com/v2/enqueue", "resolve", "routing-key"],
    ]);
  });

  it("fails, so that Lambda tries again, when PagerDuty does not take an event, and does not show the key", async () => {
    const failure = deliver([alarm("ALARM")], 429);
    await expect(failure).rejects.toThrow("status 429");
    await expect(failure).rejects.not.toThrow("routing-key");
  });
});
