import type { Server } from "node:http";
import * as secretsModule from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { createHandler } from "../../../components/secrets/age-lambda/index.js";
import { ROTATION, SECRET_AGE, SECRET_TAGS, SECRETS } from "../../../standards/secrets.ts";
import type { ListedSecret } from "../../support/secret-age-apis.ts";
import { serveSecretLists } from "../../support/secret-age-apis.ts";

// The SDK's own client of Secrets Manager talks to a server on this machine; what goes to CloudWatch is caught.
const NOW = Date.parse("2026-11-21T06:00:00Z");
const MANUAL = { [SECRET_TAGS.rotation]: ROTATION.manual };

const current = (createdAt: string) => ({ createdAt, stages: ["AWSCURRENT"] });
const manual = (name: string, ...versions: ListedSecret["versions"]): ListedSecret => ({
  name: `preflight-staging/${name}`,
  tags: MANUAL,
  versions,
});

interface Sent {
  readonly Namespace: string;
  readonly MetricData: readonly {
    MetricName: string;
    Dimensions: readonly { Name: string; Value: string }[];
    Timestamp: Date;
    Value: number;
  }[];
}

let secrets: readonly ListedSecret[];
let sent: Sent[];
let server: Server;
let url: string;
let failure: Error | undefined;

class PutMetricDataCommand {
  readonly input: Sent;
  constructor(input: Sent) {
    this.input = input;
  }
}

const handle = createHandler({
  now: () => NOW,
  connect: () =>
    Promise.resolve({
      secrets: secretsModule,
      secretsManager: new secretsModule.SecretsManagerClient({
        endpoint: url,
        region: "eu-west-1",
        credentials: { accessKeyId: "test", secretAccessKey: "test" },
      }),
      metrics: { PutMetricDataCommand },
      cloudWatch: {
        send: ({ input }: PutMetricDataCommand) => {
          sent.push(input);
          return failure === undefined ? Promise.resolve({}) : Promise.reject(failure);
        },
      },
    }),
});

beforeAll(async () => {
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  vi.stubEnv("NAME_PREFIX", "preflight-staging/");
  ({ server, url } = await serveSecretLists(() => secrets));
});
beforeEach(() => {
  sent = [];
  failure = undefined;
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

/** Days by name, as CloudWatch gets them. */
async function measure(...found: ListedSecret[]): Promise<Record<string, number>> {
  secrets = found;
  await handle();
  return Object.fromEntries(
    sent.flatMap(({ MetricData }) => MetricData.map(({ Dimensions, Value }) => [Dimensions[0]?.Value, Value])),
  );
}

describe("the function that measures ages", () => {
  it("sends what the alarms watch, with the time of the run", async () => {
    await measure(manual("shop/key", current("2026-11-01T06:00:00Z")));
    expect(sent).toEqual([
      {
        Namespace: SECRET_AGE.namespace,
        MetricData: [
          {
            MetricName: SECRET_AGE.metric,
            Dimensions: [{ Name: SECRET_AGE.dimension, Value: "preflight-staging/shop/key" }],
            Timestamp: new Date(NOW),
            Value: 20,
          },
        ],
      },
    ]);
  });

  it.each([
    { title: "a day that is not over", createdAt: "2026-08-23T06:00:01Z", days: 89 },
    { title: "a day that is just over", createdAt: "2026-08-23T06:00:00Z", days: 90 },
    { title: "a clock that is behind", createdAt: "2026-11-21T06:00:05Z", days: 0 },
  ])("counts whole days: $title", async ({ createdAt, days }) => {
    expect(await measure(manual("shop/key", current(createdAt)))).toEqual({ "preflight-staging/shop/key": days });
  });

  it("looks at the current version wherever it is listed, not at older or announced ones", async () => {
    const versions = [
      { createdAt: "2026-11-20T06:00:00Z", stages: ["AWSPENDING"] },
      { createdAt: "2026-01-01T06:00:00Z", stages: ["AWSPREVIOUS"] },
      current("2026-11-11T06:00:00Z"),
    ];
    expect(await measure(manual("shop/key", ...versions))).toEqual({ "preflight-staging/shop/key": 10 });
  });

  it("takes a secret without a value for older than any may become", async () => {
    const announced = { createdAt: "2026-11-20T06:00:00Z", stages: ["AWSPENDING"] };
    const ages = await measure(manual("shop/empty"), manual("shop/announced", announced));
    expect(Object.keys(ages)).toHaveLength(2);
    for (const days of Object.values(ages)) expect(days).toBeGreaterThan(SECRETS.maxRotationDays);
  });

  it("measures every secret that people renew, and no other's", async () => {
    const day = current("2026-11-20T06:00:00Z");
    const ages = await measure(
      manual("_platform/origin-header", day),
      { name: "preflight-staging/shop/made", tags: { [SECRET_TAGS.rotation]: ROTATION.automatic }, versions: [day] },
      { name: "preflight-staging/shop/untagged", tags: {}, versions: [day] },
      { name: "preflight-production/shop/key", tags: MANUAL, versions: [day] },
      { name: "Preflight-Staging/shop/key", tags: MANUAL, versions: [day] },
      manual("monitoring/webhook", day),
    );
    expect(ages).toEqual({ "preflight-staging/_platform/origin-header": 1, "preflight-staging/monitoring/webhook": 1 });
    expect(sent).toHaveLength(1);
  });

  it("sends nothing when people renew none", async () => {
    await measure();
    expect(sent).toEqual([]);
  });

  it("fails when CloudWatch takes nothing, so that Lambda tries again", async () => {
    failure = new Error("Throttling");
    await expect(measure(manual("shop/key", current("2026-11-01T06:00:00Z")))).rejects.toThrow("Throttling");
  });

  it("sends nothing, and fails, when one secret cannot be measured", async () => {
    const refused: ListedSecret = { ...manual("shop/refused"), refuseVersions: true };
    await expect(measure(manual("shop/key", current("2026-11-01T06:00:00Z")), refused)).rejects.toThrow("not allowed");
    expect(sent).toEqual([]);
  });
});
