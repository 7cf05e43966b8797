import { beforeAll, describe, expect, it } from "vitest";

import { Notify } from "../../../components/notify/notify.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";
import { FAKE_REGIONAL_KEYS, NOTIFY_SETTINGS } from "../../support/notify.ts";

const TOPIC = "aws:sns/topic:Topic";
const POLICY = "aws:sns/topicPolicy:TopicPolicy";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const CHANNEL = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration";

interface Statement {
  readonly Effect: string;
  readonly Principal: string | { readonly Service: string };
  readonly Action: string;
  readonly Condition?: Record<string, Record<string, string>>;
}

const statementsOf = (resource: Registered): Statement[] => JSON.parse(String(resource.inputs["policy"])).Statement;

const regionOf = ({ region }: Registered["inputs"], home: string) => (typeof region === "string" ? region : home);

let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(
    () =>
      new Notify("notify", {
        environment: ENVIRONMENT,
        settings: NOTIFY_SETTINGS,
        keys: FAKE_REGIONAL_KEYS,
        regions: ["eu-central-1", "us-east-1"],
      }),
  );
});

describe("Notify", () => {
  it("makes the four topics in each of the regions that report", () => {
    const places = ofType(resources, TOPIC).map(({ name, inputs }) => `${name} ${regionOf(inputs, "home")}`);
    expect(places).toEqual(
      ["notify", "notify-us-east-1", "notify-eu-central-1"].flatMap((prefix) =>
        ["page", "ticket", "security", "cost"].map(
          (audience) => `${prefix}-${audience} ${prefix === "notify" ? "home" : prefix.slice("notify-".length)}`,
        ),
      ),
    );
  });

  it("encrypts each topic with the key of its own region", () => {
    for (const { inputs } of ofType(resources, TOPIC)) {
      expect(inputs["kmsMasterKeyId"]).toBe(`arn:aws:kms:${regionOf(inputs, "eu-west-1")}:111122223333:key/messaging`);
    }
  });

  it("puts everything that belongs to a topic into the topic's region", () => {
    const followers = [...ofType(resources, POLICY), ...ofType(resources, SUBSCRIPTION)];
    for (const { inputs, parent } of followers)
      expect(inputs["region"]).toBe(only(resources, TOPIC, parent).inputs["region"]);
  });

  it("lets only the services of the audience publish, and nobody without TLS", () => {
    const publishers = Object.fromEntries(
      ["page", "ticket", "security", "cost"].map((audience) => [
        audience,
        statementsOf(only(resources, POLICY, `notify-${audience}`))
          .filter(({ Effect }) => Effect === "Allow")
          .map(({ Principal }) => (typeof Principal === "string" ? Principal : Principal.Service)),
      ]),
    );
    expect(publishers).toEqual({
      page: ["cloudwatch.amazonaws.com"],
      ticket: ["cloudwatch.amazonaws.com", "events.amazonaws.com", "events.rds.amazonaws.com"],
      security: ["cloudwatch.amazonaws.com", "events.amazonaws.com"],
      cost: ["budgets.amazonaws.com", "costalerts.amazonaws.com"],
    });
    for (const policy of ofType(resources, POLICY)) {
      expect(statementsOf(policy).at(-1)).toMatchObject({
        Effect: "Deny",
        Principal: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
    }
  });

  it("binds every publisher to this account, except for EventBridge, which names none and would be silenced", () => {
    for (const { Effect, Principal, Action, Condition } of ofType(resources, POLICY).flatMap(statementsOf)) {
      if (Effect === "Deny" || typeof Principal === "string") continue;
      expect(Action).toBe("sns:Publish");
      expect(Condition).toEqual(
        Principal.Service === "events.amazonaws.com"
          ? undefined
          : { StringEquals: { "aws:SourceAccount": "111122223333" } },
      );
    }
  });

  it("mails each audience's people from every region, and sends text messages for pages only", () => {
    const home = ofType(resources, SUBSCRIPTION).filter(({ inputs }) => inputs["region"] === undefined);
    expect(
      home.map(({ parent, inputs }) => `${String(parent)} ${String(inputs["protocol"])} ${String(inputs["endpoint"])}`),
    ).toEqual([
      "notify-page email on-call@example.com",
      "notify-page sms +441632960001",
      "notify-ticket email team@example.com",
      "notify-security email security@example.com",
      "notify-security email officer@example.com",
      "notify-cost email finance@example.com",
    ]);
    expect(ofType(resources, SUBSCRIPTION)).toHaveLength(3 * home.length);
  });

  it("shows each channel its audiences of all regions", () => {
    const shown = ofType(resources, CHANNEL).map(
      ({ inputs }) => `${String(inputs["configurationName"])}: ${String(inputs["snsTopicArns"]).split(",").length}`,
    );
    expect(shown.toSorted()).toEqual(["preflight-staging-incidents: 6", "preflight-staging-security: 3"]);
  });

  it("gives Slack nothing but reading of alarms, and holds commands to the same", () => {
    const policy = only(resources, "aws:iam/policy:Policy");
    const document: { Statement: { Action: string[] }[] } = JSON.parse(String(policy.inputs["policy"]));
    const actions = document.Statement.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => !/^cloudwatch:(Describe|Get)/.test(action))).toEqual([]);
    for (const { inputs } of ofType(resources, CHANNEL)) expect(inputs["guardrailPolicyArns"]).toHaveLength(1);
  });
});

describe("Notify in the region of AWS' global services", () => {
  it("makes no second set of topics", async () => {
    const settings = { ...NOTIFY_SETTINGS, slack: null, smsNumbers: [] };
    const only4 = await deploy(
      () =>
        new Notify("notify", {
          environment: { ...ENVIRONMENT, region: "us-east-1" },
          settings,
          keys: FAKE_REGIONAL_KEYS,
          regions: ["us-east-1"],
        }),
    );
    expect(ofType(only4, TOPIC).map(({ name }) => name)).toEqual([
      "notify-page",
      "notify-ticket",
      "notify-security",
      "notify-cost",
    ]);
    expect(ofType(only4, CHANNEL)).toEqual([]);
  });
});
