import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";

import { variablesOf } from "../../../components/workloads/environment-variables.ts";
import type { RunningSettings } from "../../../config/blocks/services/service.ts";
import { api, contextOf, servicesOf, worker } from "../../support/services.ts";

const NONE = api().needs;

async function variables(
  service: RunningSettings,
  others: readonly RunningSettings[] = [],
): Promise<Record<string, unknown>> {
  const list = variablesOf(service, contextOf(servicesOf([service, ...others])));
  const text = await new Promise<string>((resolve) => {
    pulumi.jsonStringify(list).apply(resolve);
  });
  const known: { name: string; value: string }[] = JSON.parse(text);
  expect(new Set(known.map(({ name }) => name)).size, "each variable once").toBe(known.length);
  expect(
    known.map(({ name }) => name),
    "sorted",
  ).toEqual(known.map(({ name }) => name).toSorted());
  return Object.fromEntries(known.map(({ name, value }) => [name, value]));
}

const BASICS = [
  "AWS_REGION",
  "ENVIRONMENT",
  "FLAGS_APPLICATION_ID",
  "FLAGS_ENVIRONMENT_ID",
  "FLAGS_PROFILE_ID",
  "OTEL_RESOURCE_ATTRIBUTES",
  "OTEL_SERVICE_NAME",
  "SWITCHES_ENVIRONMENT_ID",
  "SWITCHES_PROFILE_ID",
];

describe("the variables of a service", () => {
  it("are where it runs, its switches and its telemetry when the row says nothing", async () => {
    expect(Object.keys(await variables(api({ environment: { required: [], values: {}, secrets: {} } })))).toEqual(
      BASICS,
    );
  });

  it("are the row's plain values as they stand", async () => {
    expect(await variables(api())).toMatchObject({
      LOG_LEVEL: "info",
      ENVIRONMENT: "staging",
      OTEL_SERVICE_NAME: "gateway",
    });
  });

  it("lead to the database through the proxy, by IAM, with TLS that checks the name, and hold no password", async () => {
    const known = await variables(
      api({ needs: { ...NONE, database: { name: "orders", poolSize: 7, extensions: [] } } }),
    );
    expect(known).toMatchObject({
      DATABASE_HOST: "proxy.db",
      DATABASE_READER_HOST: "reader.db",
      DATABASE_PORT: "5432",
      DATABASE_NAME: "orders",
      DATABASE_USER: "gateway_app",
      DATABASE_AUTHENTICATION: "iam",
      DATABASE_SSLMODE: "verify-full",
      DATABASE_POOL_SIZE: "7",
    });
    expect(Object.keys(known).filter((name) => name.includes("PASSWORD"))).toEqual([]);
  });

  it("name the cache's login, and the file with its password", async () => {
    const known = await variables(api({ needs: { ...NONE, cache: "cache-gateway" } }));
    expect(known).toMatchObject({
      CACHE_HOST: "cache",
      CACHE_PORT: "6379",
      CACHE_USER: "cache-gateway",
      CACHE_TLS: "true",
      CACHE_PASSWORD_FILE: "/run/secrets/preflight/CACHE_PASSWORD",
    });
    expect(Object.keys(known)).not.toContain("CACHE_PASSWORD");
    expect(JSON.stringify(known)).not.toContain("never");
  });

  it("name the topics, queues, services and outside services of the row, and no others", async () => {
    const row = worker({
      needs: {
        ...NONE,
        publishesTo: ["orders"],
        consumesFrom: ["mail"],
        sendsTo: ["mail"],
        services: ["price-list"],
        externals: ["payments"],
      },
    });
    const known = await variables(row, [
      api({ name: "price-list", namespace: "sales", traffic: null }),
      api({ name: "stock", traffic: null }),
    ]);
    expect(known).toMatchObject({
      TOPIC_ORDERS_ARN: "arn:aws:sns:eu-west-1:111122223333:orders",
      QUEUE_MAIL_URL: "https://sqs/mail",
      SERVICE_PRICE_LIST_URL: "http://price-list.sales.svc.cluster.local",
      EXTERNAL_PAYMENTS_RATE_PER_SECOND: "100",
    });
    expect(Object.keys(known).filter((name) => /^(TOPIC|QUEUE|SERVICE|EXTERNAL)_/.test(name))).toHaveLength(4);
  });

  it("tell where the secrets of the row are, and hold none", async () => {
    const secrets = { TOKEN: "api-token-signing", PAYMENT_KEY: "payment-key" };
    const known = await variables(api({ environment: { required: [], values: {}, secrets } }));
    const folder = "/run/secrets/preflight";
    expect(known).toMatchObject({
      TOKEN_FILE: `${folder}/TOKEN`,
      TOKEN_NEXT_FILE: `${folder}/TOKEN_NEXT`,
      TOKEN_PREVIOUS_FILE: `${folder}/TOKEN_PREVIOUS`,
      PAYMENT_KEY_FILE: `${folder}/PAYMENT_KEY`,
    });
    expect(Object.keys(known).filter((name) => /TOKEN|PAYMENT/.test(name))).toHaveLength(4);
  });
});
