import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";

import type { WorkloadContext } from "../../../components/workloads/context.ts";
import { permissionsOf } from "../../../components/workloads/identity.ts";
import { Workload } from "../../../components/workloads/workload.ts";
import type { RunningSettings } from "../../../config/blocks/services/service.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { api, contextOf, EDGE, IMAGE, job, servicesOf, worker } from "../../support/services.ts";

const DATABASE = { name: "orders", poolSize: 10, extensions: [] };
const LOGIN = "arn:aws:rds-db:eu-west-1:111122223333:dbuser";
const MIGRATIONS = { image: IMAGE, command: ["migrate"], lockTimeoutSeconds: 5, timeoutSeconds: 600 };

/** The statements of a row by their id, with all values known. */
async function granted(service: RunningSettings, change: Partial<WorkloadContext> = {}) {
  const statements = permissionsOf(service, { ...contextOf(servicesOf([service])), ...change });
  const text = await new Promise<string>((resolve) => {
    pulumi.jsonStringify(statements).apply(resolve);
  });
  const known: { Sid: string; Action: string | string[]; Resource: string | string[] }[] = JSON.parse(text);
  return new Map(known.map(({ Sid, ...rest }) => [Sid, rest]));
}

const make = (service: RunningSettings) =>
  deploy(
    () => new Workload(service.name, { service, context: contextOf(servicesOf([service])), edge: EDGE, after: [] }),
  );

describe("the identity of a service", () => {
  it("may read the switches of its environment, and nothing else when the row needs nothing", async () => {
    expect(Object.fromEntries(await granted(api()))).toEqual({
      ReadFlags: {
        Effect: "Allow",
        Action: ["appconfig:GetLatestConfiguration", "appconfig:StartConfigurationSession"],
        Resource: [
          "arn:aws:appconfig:eu-west-1:111122223333:application/app/environment/env/configuration/flags",
          "arn:aws:appconfig:eu-west-1:111122223333:application/app/environment/env-switches/configuration/switches",
        ],
      },
    });
  });

  it("logs in to the cluster and to the proxy as its own runtime role only", async () => {
    const row = api({ name: "order-api", needs: { ...api().needs, database: DATABASE } });
    expect((await granted(row)).get("LogInToDatabase")).toMatchObject({
      Action: "rds-db:connect",
      Resource: [`${LOGIN}:cluster-1/order_api_app`, `${LOGIN}:prx-1/order_api_app`],
    });
    const { database } = contextOf(servicesOf([row]));
    expect(
      (await granted(row, { database: { ...database, proxyResourceId: undefined } })).get("LogInToDatabase")?.Resource,
    ).toEqual([`${LOGIN}:cluster-1/order_api_app`]);
  });

  it("may publish to the topics of its row and not read from queues", async () => {
    const permissions = await granted(api({ needs: { ...api().needs, publishesTo: ["orders"] } }));
    expect([...permissions.keys()]).toEqual(["ReadFlags", "Publish", "UseMessagingKey"]);
    expect(permissions.get("Publish")).toMatchObject({
      Action: "sns:Publish",
      Resource: ["arn:aws:sns:eu-west-1:111122223333:orders"],
    });
    expect(permissions.get("UseMessagingKey")?.Action).toEqual(["kms:Decrypt", "kms:GenerateDataKey"]);
  });

  it("may take messages from the queues of its row, and neither send nor purge", async () => {
    const permissions = await granted(worker());
    expect([...permissions.keys()]).toEqual(["ReadFlags", "Consume", "UseMessagingKey"]);
    expect(permissions.get("Consume")).toMatchObject({
      Action: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
      Resource: ["arn:aws:sqs:eu-west-1:111122223333:mail"],
    });
    expect(permissions.get("UseMessagingKey")).toMatchObject({
      Action: ["kms:Decrypt"],
      Resource: "arn:aws:kms:eu-west-1:111122223333:key/messaging",
    });
  });

  it("may send to the queues of its row, and neither read nor empty them", async () => {
    const permissions = await granted(api({ needs: { ...api().needs, sendsTo: ["mail"] } }));
    expect([...permissions.keys()]).toEqual(["ReadFlags", "Send", "UseMessagingKey"]);
    expect(permissions.get("Send")).toMatchObject({
      Action: ["sqs:GetQueueAttributes", "sqs:SendMessage"],
      Resource: ["arn:aws:sqs:eu-west-1:111122223333:mail"],
    });
    expect(permissions.get("UseMessagingKey")?.Action).toEqual(["kms:Decrypt", "kms:GenerateDataKey"]);
  });

  it("has no wildcard, whatever the row needs", async () => {
    const needs = {
      database: DATABASE,
      cache: "cache-gateway",
      publishesTo: ["orders"],
      consumesFrom: ["mail"],
      sendsTo: ["mail"],
      services: [],
      externals: ["payments"],
    };
    const texts = [...(await granted(api({ needs }))).values()].flatMap(({ Action, Resource }) =>
      [Action, Resource].flat(),
    );
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.filter((text) => text.includes("*"))).toEqual([]);
  });

  it("belongs to one account of one namespace, of this cluster", async () => {
    const resources = await make(job());
    const association = only(resources, "aws:eks/podIdentityAssociation:PodIdentityAssociation");
    expect(association.inputs).toMatchObject({
      clusterName: "preflight-staging",
      namespace: "shop",
      serviceAccount: "report",
    });
    expect(
      JSON.parse(String(only(resources, "aws:iam/role:Role").inputs["assumeRolePolicy"])).Statement[0].Condition
        .StringEquals,
    ).toMatchObject({
      "aws:RequestTag/kubernetes-namespace": "shop",
      "aws:RequestTag/kubernetes-service-account": "report",
    });
  });
});

describe("the identity of migrations", () => {
  it("logs in to the cluster as the migrator, and may do nothing else", async () => {
    const resources = await make(
      api({ migrations: MIGRATIONS, needs: { ...api().needs, database: DATABASE, publishesTo: ["orders"] } }),
    );
    expect(ofType(resources, "aws:iam/role:Role").map(({ name }) => name)).toEqual(["gateway", "gateway-migrate"]);
    expect(
      JSON.parse(String(only(resources, "aws:iam/rolePolicy:RolePolicy", "gateway-migrate").inputs["policy"]))
        .Statement,
    ).toEqual([
      {
        Sid: "LogInToDatabase",
        Effect: "Allow",
        Action: "rds-db:connect",
        Resource: `${LOGIN}:cluster-1/gateway_migrator`,
      },
    ]);
    expect(
      only(resources, "aws:eks/podIdentityAssociation:PodIdentityAssociation", "gateway-migrate").inputs,
    ).toMatchObject({ serviceAccount: "gateway-migrate" });
  });
});
