import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Flags } from "../../../components/flags/flags.ts";
import type { FlagsSettings } from "../../../config/blocks/flags.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const VERSION = "aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion";
const STAGE = "aws:appconfig/environment:Environment";
const STRATEGY = "aws:appconfig/deploymentStrategy:DeploymentStrategy";
const DEPLOYMENT = "aws:appconfig/deployment:Deployment";

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

const RELEASES = "flags-";
const SWITCHES = "flags-switches-";

/** The only version of a line: its name begins with the line's, and ends in the content's hash. */
function versionOf(among: readonly Registered[], line: string): Registered {
  const [version, ...more] = ofType(among, VERSION).filter(({ name }) =>
    new RegExp(`^${line}[0-9a-f]{10}$`).test(name),
  );
  if (version === undefined || more.length > 0) throw new Error(`not one version of ${line}`);
  return version;
}
const contentOf = (among: readonly Registered[], line: string) =>
  JSON.parse(String(versionOf(among, line).inputs["content"]));

let resources: Registered[];
beforeAll(async () => {
  resources = await deployWith({}, [pulumi.output("alarm-of-the-edge")]);
});

describe("Flags", () => {
  it("says of every flag who owns it and when it goes, and whether it is on", () => {
    expect(contentOf(resources, RELEASES)).toEqual({
      version: "1",
      flags: {
        aNewCheckout: {
          name: "aNewCheckout",
          description: "One page.",
          attributes: expect.objectContaining({ owner: { constraints: { type: "string", required: true } } }),
          _deprecation: { status: "planned", date: "2027-06-30" },
        },
      },
      values: {
        aNewCheckout: { enabled: true, owner: "platform@example.com", kind: "release", expires: "2027-06-30" },
      },
    });
  });

  it("keeps switches for bad days apart, in a stage of their own, so that they wait for no release", () => {
    expect(contentOf(resources, SWITCHES)).toMatchObject({
      flags: { mockExternal: expect.not.objectContaining({ _deprecation: expect.anything() }) },
      values: { mockExternal: { enabled: false, owner: "platform@example.com", kind: "operational" } },
    });
    expect(
      ofType(resources, STAGE)
        .map(({ inputs }) => inputs["name"])
        .toSorted(),
    ).toEqual(["staging", "staging-switches"]);
    const stages = ofType(resources, DEPLOYMENT).map(({ inputs }) => String(inputs["environmentId"]));
    expect(new Set(stages).size).toBe(2);
  });

  it("throws switches at once, and no alarm takes them back", () => {
    expect(only(resources, STRATEGY, "flags-switches").inputs).toMatchObject({
      growthFactor: 100,
      deploymentDurationInMinutes: 0,
      finalBakeTimeInMinutes: 0,
    });
    expect(only(resources, STAGE, "flags-switches").inputs["monitors"]).toEqual([]);
  });

  it("makes no new version when lines of the file move, and one more when a flag changes", async () => {
    const moved = await deployWith({ flags: [release, mock] });
    expect(ofType(moved, VERSION).map(({ name }) => name)).toEqual(ofType(resources, VERSION).map(({ name }) => name));
    const changed = await deployWith({ flags: [mock, { ...release, enabled: false }] });
    expect(versionOf(changed, RELEASES).name).not.toBe(versionOf(resources, RELEASES).name);
    expect(versionOf(changed, SWITCHES).name).toBe(versionOf(resources, SWITCHES).name);
  });

  it("does not compare content, to which AppConfig adds what it knows: every up would deploy for an hour", () => {
    for (const version of ofType(resources, VERSION)) expect(version.ignoreChanges).toContain("content");
  });

  it("keeps versions, so that there is one to go back to", () => {
    for (const version of ofType(resources, VERSION)) expect(version.retainOnDelete).toBe(true);
  });

  it("rolls releases out in equal steps and keeps watching afterwards", () => {
    expect(only(resources, STRATEGY, "flags").inputs).toMatchObject({
      growthType: "LINEAR",
      growthFactor: 10,
      deploymentDurationInMinutes: 30,
      finalBakeTimeInMinutes: 20,
    });
  });

  it("waits for nothing in an incident, and says which with the version", async () => {
    const incident = await deployWith({ incidentId: "INC-7" });
    expect(only(incident, STRATEGY, "flags").inputs).toMatchObject({
      growthFactor: 100,
      deploymentDurationInMinutes: 0,
    });
    expect(versionOf(incident, RELEASES).inputs["description"]).toBe("Because of INC-7");
  });

  it("goes back when a named queue stands still, or another given alarm starts", () => {
    const monitors = JSON.stringify(only(resources, STAGE, "flags").inputs["monitors"]);
    expect(monitors).toContain("alarm-of-orders");
    expect(monitors).toContain("alarm-of-the-edge");
    expect(monitors).not.toContain("alarm-of-mails");
  });

  it("makes no role when there is nothing to look at", async () => {
    const unwatched = await deployWith({ rollbackQueues: [] });
    expect(ofType(unwatched, "aws:iam/role:Role")).toEqual([]);
    expect(only(unwatched, STAGE, "flags").inputs["monitors"]).toEqual([]);
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
