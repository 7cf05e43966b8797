import { describe, expect, it } from "vitest";

import type { Profile } from "../../../config/block.ts";
import { notifyBlock } from "../../../config/blocks/notify.ts";
import { NOTIFY_SETTINGS } from "../../support/notify.ts";

const problems = (change: object, profile: Profile = "production") =>
  notifyBlock
    .judge({ ...NOTIFY_SETTINGS, ...change }, profile)
    .map(({ path, found, allowed }) => `${path.join(".")}: ${found}, allowed ${allowed}`);

const channel = (name: string, id: string) => ({ name, id, audiences: ["page"] });

describe("the notify block", () => {
  it("accepts everything on, and Slack and text messages off", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ slack: null, smsNumbers: [] })).toEqual([]);
  });

  it("refuses production without a pager, and says where its key belongs", () => {
    const found = notifyBlock.judge({ ...NOTIFY_SETTINGS, pagerDuty: null }, "production");
    expect(found).toEqual([
      {
        path: ["pagerDuty"],
        found: "no pager",
        allowed: "a pager in production",
        fix: "Add the integration's key to the secrets block (kind manual) and name that entry in pagerDuty.integrationKeySecret.",
      },
    ]);
    expect(problems({ pagerDuty: null }, "standard")).toEqual([]);
  });

  it("refuses an audience that reaches nobody, security above all", () => {
    const email = { ...NOTIFY_SETTINGS.email, security: [] };
    expect(problems({ email })).toEqual(["email.security: no address, allowed at least one e-mail address"]);
  });

  it("refuses what is no address, no https and no phone number", () => {
    expect(problems({ email: { ...NOTIFY_SETTINGS.email, cost: ["finance"] } })).toEqual([
      'email.cost.0: "finance", allowed an e-mail address, for instance "team@example.com"',
    ]);
    expect(problems({ runbookBaseUrl: "http://example.com/runbooks/" })[0]).toContain(
      "an https address without a slash at the end",
    );
    expect(problems({ smsNumbers: ["01632 960001"] })[0]).toContain("a number with country code");
  });

  it("refuses an unknown audience", () => {
    const slack = {
      ...NOTIFY_SETTINGS.slack,
      channels: [{ ...channel("incidents", "C0INCIDENT1"), audiences: ["everybody"] }],
    };
    expect(problems({ slack })).toEqual([
      'slack.channels.0.audiences.0: "everybody", allowed one of page, ticket, security, cost',
    ]);
  });

  it("refuses a channel, address or number that is listed twice", () => {
    const slack = {
      ...NOTIFY_SETTINGS.slack,
      channels: [channel("one", "C0INCIDENT1"), channel("two", "C0INCIDENT1")],
    };
    expect(problems({ slack })).toEqual([
      'slack.channels.1.id: "C0INCIDENT1", already in slack.channels[0].id, allowed each once',
    ]);
    expect(problems({ email: { ...NOTIFY_SETTINGS.email, page: ["a@example.com", "a@example.com"] } })).toEqual([
      'email.page.1: "a@example.com", already in email.page[0], allowed each once',
    ]);
    expect(problems({ smsNumbers: ["+441632960001", "+441632960001"] })).toEqual([
      'smsNumbers.1: "+441632960001", already in smsNumbers[0], allowed each once',
    ]);
  });

  it("has no place for the pager's key itself", () => {
    const pagerDuty = { ...NOTIFY_SETTINGS.pagerDuty, integrationKey: "x" };
    expect(problems({ pagerDuty })[0]).toContain("pagerDuty.integrationKey: an unknown key");
  });
});
