import { readFileSync } from "node:fs";
import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";

import { createBalancerClass } from "../../../components/workloads/balancer.ts";
import { createServices } from "../../../components/workloads/endpoints.ts";
import { createMigration } from "../../../components/workloads/migration.ts";
import { createRollout } from "../../../components/workloads/rollout.ts";
import { createIngress } from "../../../components/workloads/traffic.ts";
import type { ApiSettings } from "../../../config/blocks/services/service.ts";
import { isRecord } from "../../../core/records.ts";
import { contextOf, EDGE, servicesOf } from "../../support/services.ts";

/** What a run is asked for. */
export interface Asked {
  readonly service: ApiSettings;
  readonly shutdown: boolean;
  /** How pods behave, in kube-lab's words; absent: they become ready. */
  readonly behaviour?: string;
  /** Processor time in another spelling than Kubernetes' own. */
  readonly cpu?: string;
  /** Seconds in place of those that a person would wait. */
  readonly seconds: { readonly step: number; readonly deadline: number; readonly wait: number };
  readonly idleTimeoutSeconds: number;
}

const asked: Asked = JSON.parse(readFileSync(process.env["PREFLIGHT_ASKED"] ?? "", "utf8"));
const { service, shutdown, seconds } = asked;
const services = servicesOf([service], {
  shutdown,
  ingress: { idleTimeoutSeconds: asked.idleTimeoutSeconds, drainSeconds: 30, keepBalancer: true },
});
const context = contextOf(services);

/** A copy of a value in which the pods behave as asked, and steps and deadlines are those of a test. */
function quick(value: unknown, behaviour: string | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => quick(item, behaviour));
  if (!isRecord(value) || pulumi.Output.isInstance(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key === "pause") return [key, { duration: `${seconds.step}s` }];
      if (key === "progressDeadlineSeconds") return [key, seconds.deadline];
      if (key === "minReadySeconds") return [key, 1];
      if (key === "cpu" && asked.cpu !== undefined) return [key, asked.cpu];
      if (key === "template" && isRecord(item) && behaviour !== undefined) {
        const { metadata, ...rest } = item;
        const labels = isRecord(metadata) ? metadata["labels"] : {};
        const annotations = { "kube-lab/behaviour": behaviour };
        return [
          key,
          {
            ...Object.fromEntries(Object.entries(rest).map(([name, part]) => [name, quick(part, behaviour)])),
            metadata: { labels, annotations },
          },
        ];
      }
      return [key, quick(item, behaviour)];
    }),
  );
}

const provider = new Provider("lab", { kubeconfig: process.env["KUBECONFIG"] ?? "", clusterIdentifier: "lab" });
const opts: pulumi.CustomResourceOptions = {
  provider,
  transforms: [
    ({ type, props, opts: own }) => {
      if (!type.endsWith(":Rollout") && !type.endsWith(":Deployment")) return undefined;
      const wait = `${seconds.wait}s`;
      return {
        props: quickProps(props, asked.behaviour),
        opts: { ...own, customTimeouts: { create: wait, update: wait, delete: wait } },
      };
    },
  ],
};

function quickProps(props: object, behaviour: string | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(props).map(([key, value]) => [key, quick(value, behaviour)]));
}

const balancerClass = createBalancerClass("balancer", EDGE, services.ingress, context.environment, opts);
const after = createServices(service.name, service, opts);
const ingress = createIngress(service.name, service, EDGE, context, { ...opts, dependsOn: [balancerClass, ...after] });
const migration = createMigration(`${service.name}-migrate`, service, context, opts);
createRollout(service.name, service, context, {
  ...opts,
  dependsOn: [...after, ...(ingress === undefined ? [] : [ingress]), ...(migration === undefined ? [] : [migration])],
});
