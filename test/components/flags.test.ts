import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Flags } from "../../components/flags.ts";
import type { FlagsSettings } from "../../config/blocks/flags.ts";
import type { Registered } from "../support/cloud.ts";
import { deploy, ofType, only } from "../support/cloud.ts";
import { ENVIRONMENT } from "../support/environment.ts";

const VERSION = "aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion";
const STAGE = "aws:appconfig/environment:Environment";

const mock = {
  name: "mockExternal",
  description: "Made-up answers.",
  owner: "platform@example.com",
  kind: "operational",
  expires: null,
  enabled: false,
} as const;
const release = {
  ...mock,
  name: "aNewCheckout",
  description: "One page.",
  kind: "release",
  expires: "2027-06-30",
  enabled: true,
} as const;
const settings: FlagsSettings = {
  deploymentMinutes: 30,
  growthPercent: 10,
  bakeMinutes: 20,
  incidentId: null,
  rollbackQueues: ["orders"],
  flags: [mock, release],
};

const output = pulumi.output("unused");
const stalled = (name: string) => ({
  arn: output,
  url: output,
  name: output,
  deadLetterArn: output,
  stalledAlarmArn: pulumi.output(`alarm-of-${name}`),
});
const queues = { queues: { orders: stalled("orders"), mails: stalled("mails") } };
const deployWith = (change: Partial<FlagsSettings>, further: readonly pulumi.Output<string>[] = []) =>
  deploy(
    () =>
      new Flags("flags", {
        environment: ENVIRONMENT,
        settings: { ...settings, ...change },
        queues,
        rollbackAlarmArns: further,
      }),
  );

const contentOf = (resources: readonly Registered[]) => JSON.parse(String(only(resources, VERSION).inputs["content"]));

let resources: Registered[];
beforeAll(async () => {
  resources = await deployWith({}, [pulumi.output("alarm-of-the-edge")]);
});

describe("Flags", () => {
  it("says of every flag who owns it and when it goes, and whether it is on", () => {
    expect(contentOf(resources)).toEqual({
      version: "1",
      flags: {
        aNewCheckout: {
          name: "aNewCheckout",
          description: "One page.",
          attributes: expect.objectContaining({ owner: { constraints: { type: "string", required: true } } }),
          _deprecation: { status: "planned", date: "2027-06-30" },
        },
        mockExternal: expect.not.objectContaining({ _deprecation: expect.anything() }),
      },
      values: {
        aNewCheckout: { enabled: true, owner: "platform@example.com", kind: "release", expires: "2027-06-30" },
        mockExternal: { enabled: false, owner: "platform@example.com", kind: "operational" },
      },
    });
  });

  it("makes no new version when lines of the file move", async () => {
    const moved = await deployWith({ flags: [release, mock] });
    expect(only(moved, VERSION).inputs["content"]).toBe(only(resources, VERSION).inputs["content"]);
  });

  it("keeps versions, so that there is one to go back to", () => {
    expect(only(resources, VERSION).retainOnDelete).toBe(true);
  });

  it("rolls out in equal steps and keeps watching afterwards", () => {
    expect(only(resources, "aws:appconfig/deploymentStrategy:DeploymentStrategy").inputs).toMatchObject({
      growthType: "LINEAR",
      growthFactor: 10,
      deploymentDurationInMinutes: 30,
      finalBakeTimeInMinutes: 20,
    });
    expect(ofType(resources, "aws:appconfig/deployment:Deployment")).toHaveLength(1);
  });

  it("goes back when a named queue stands still, or another given alarm starts", () => {
    const monitors = JSON.stringify(only(resources, STAGE).inputs["monitors"]);
    expect(monitors).toContain("alarm-of-orders");
    expect(monitors).toContain("alarm-of-the-edge");
    expect(monitors).not.toContain("alarm-of-mails");
  });

  it("makes no role when there is nothing to look at", async () => {
    const unwatched = await deployWith({ rollbackQueues: [] });
    expect(ofType(unwatched, "aws:iam/role:Role")).toEqual([]);
    expect(only(unwatched, STAGE).inputs["monitors"]).toEqual([]);
  });

  it("refuses a queue that does not exist, and more alarms than AppConfig watches", async () => {
    await expect(deployWith({ rollbackQueues: ["order"] })).rejects.toThrow('no queue is named "order"');
    await expect(
      deployWith(
        {},
        Array.from({ length: 5 }, () => output),
      ),
    ).rejects.toThrow("AppConfig watches 5 alarms at most, not 6");
  });
});
