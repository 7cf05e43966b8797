import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";

import { keyPolicy } from "../../../components/keys/key-policy.ts";
import { RegionalKeys } from "../../../components/keys/regional-keys.ts";
import { deploy, ofType } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const settings = { rotationPeriodDays: 365, deletionWindowDays: 30 };
const keys = {
  arns: {
    messaging: pulumi.output("home-messaging"),
    logs: pulumi.output("home-logs"),
    backup: pulumi.output("home-backup"),
  },
};

describe("RegionalKeys", () => {
  it("makes keys once in each other region, and none in the stack's own", async () => {
    let homeKeys: unknown;
    const resources = await deploy(() => {
      const twins = new RegionalKeys("key-twins", {
        environment: ENVIRONMENT,
        settings,
        keys,
        regions: ["us-east-1", "eu-west-1", "us-east-1"],
      });
      homeKeys = twins.in("eu-west-1");
      expect(() => twins.in("ap-south-1")).toThrow("no keys were made in ap-south-1");
    });
    expect(homeKeys).toBe(keys);
    expect(ofType(resources, "aws:kms/key:Key").map(({ name, inputs }) => [name, inputs["region"]])).toEqual([
      ["key-twins-us-east-1-messaging", "us-east-1"],
      ["key-twins-us-east-1-logs", "us-east-1"],
      ["key-twins-us-east-1-backup", "us-east-1"],
    ]);
  });
});

describe("the messaging key", () => {
  it("admits EventBridge by the topic, since EventBridge names no source and a condition on one would drop every event", () => {
    const document: { Statement: { Principal: { Service?: string }; Condition?: object }[] } = JSON.parse(
      keyPolicy("messaging", { accountId: "111122223333" }, "us-east-1"),
    );
    const events = document.Statement.filter(({ Principal }) => Principal.Service === "events.amazonaws.com");
    expect(events.map(({ Condition }) => Condition)).toEqual([
      { ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:us-east-1:111122223333:*" } },
    ]);
  });
});
