import { describe, expect, it } from "vitest";

import { egressRules, ingressRules } from "../../../components/workloads/network.ts";
import { Workload } from "../../../components/workloads/workload.ts";
import type { RunningSettings, ServingSettings } from "../../../config/blocks/services/service.ts";
import { deploy, only } from "../../support/cloud.ts";
import { api, contextOf, EDGE, IMAGE, job, servicesOf, worker } from "../../support/services.ts";

const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const DATABASE = { name: "orders", poolSize: 10, extensions: [] };

/** A peer in a few letters: a block, or the pods of a namespace. */
function peerText(peer: object): string {
  const { ipBlock, namespaceSelector, podSelector } = JSON.parse(JSON.stringify(peer));
  if (ipBlock !== undefined)
    return [ipBlock.cidr, ...(ipBlock.except ?? []).map((block: string) => `not ${block}`)].join(" ");
  return `${String(namespaceSelector.matchLabels["kubernetes.io/metadata.name"])}/${String(podSelector.matchLabels["app.kubernetes.io/name"])}`;
}

type Ways = readonly {
  readonly ports: readonly { readonly port: number }[];
  readonly to?: readonly object[];
  readonly from?: readonly object[];
}[];
const texts = (ways: Ways) =>
  ways.flatMap(({ ports, to, from }) =>
    (to ?? from ?? []).flatMap((peer) => ports.map(({ port }) => `${peerText(peer)}:${port}`)),
  );

const out = (service: RunningSettings, others: readonly RunningSettings[] = []) =>
  texts(egressRules(service, contextOf(servicesOf([service, ...others]))));
const into = (service: ServingSettings, others: readonly RunningSettings[] = []) =>
  texts(ingressRules(service, contextOf(servicesOf([service, ...others]))));

const ALWAYS = [
  "monitoring/opentelemetry-collector:4317",
  "monitoring/opentelemetry-collector:4318",
  "10.20.0.0/20:443",
];
const INTERNET = "0.0.0.0/0 not 10.20.0.0/16 not 169.254.0.0/16:443";
const needing = (needs: Partial<RunningSettings["needs"]>) => ({ needs: { ...api().needs, ...needs } });

describe("what a service may call", () => {
  it("is telemetry and AWS inside the network when its row needs nothing", () => {
    expect(out(api())).toEqual(ALWAYS);
  });

  it.each<{ title: string; needs: Partial<RunningSettings["needs"]>; ways: string[] }>([
    {
      title: "the database's port in the isolated subnets",
      needs: { database: DATABASE },
      ways: ["10.20.48.0/24:5432"],
    },
    {
      title: "the cache's port in the isolated subnets",
      needs: { cache: "cache-gateway" },
      ways: ["10.20.48.0/24:6379"],
    },
    { title: "TLS outside the network for an outside service", needs: { externals: ["payments"] }, ways: [INTERNET] },
    { title: "TLS outside the network for a topic", needs: { publishesTo: ["orders"] }, ways: [INTERNET] },
    { title: "TLS outside the network for a queue", needs: { consumesFrom: ["mail"] }, ways: [INTERNET] },
    { title: "TLS outside the network for a queue to send to", needs: { sendsTo: ["mail"] }, ways: [INTERNET] },
  ])("is also $title", ({ needs, ways }) => {
    expect(out(api(needing(needs))).filter((way) => !ALWAYS.includes(way))).toEqual(ways);
  });

  it("is what is outside the network where the service's AWS has no endpoint inside, its flags above all", () => {
    const services = servicesOf([api()]);
    const context = contextOf(services);
    const reaching = (endpointServices: typeof context.network.endpointServices, service: RunningSettings = api()) =>
      texts(egressRules(service, { ...context, network: { ...context.network, endpointServices } })).includes(INTERNET);
    expect(reaching(["appconfigdata"])).toBe(false);
    expect(reaching([])).toBe(true);
    expect(reaching(["appconfigdata", "sqs"], api(needing({ consumesFrom: ["mail"] })))).toBe(false);
    expect(reaching(["appconfigdata", "sqs"], api(needing({ publishesTo: ["orders"] })))).toBe(true);
  });

  it("is the pods of the services that its row names, on their port, and of no others", () => {
    const others = [
      api({ name: "prices", namespace: "sales", port: 9090, traffic: null }),
      api({ name: "stock", traffic: null }),
    ];
    expect(out(api(needing({ services: ["prices"] })), others).filter((way) => !ALWAYS.includes(way))).toEqual([
      "sales/prices:9090",
    ]);
  });
});

describe("who may call a service", () => {
  it("is Prometheus alone when nobody needs it and the world does not reach it", () => {
    expect(into(api({ traffic: null }))).toEqual(["monitoring/prometheus:8080"]);
    expect(into(worker())).toEqual(["monitoring/prometheus:8080"]);
  });

  it("is the balancer's subnets when it has traffic", () => {
    expect(into(api())).toEqual(["10.20.52.0/24:8080", "monitoring/prometheus:8080"]);
  });

  it("is who names it in its row: services and jobs", () => {
    const others = [
      worker(needing({ services: ["gateway"] })),
      job({ ...needing({ services: ["gateway"] }), namespace: "reports" }),
      api({ name: "stranger", traffic: null }),
    ];
    expect(into(api({ traffic: null }), others)).toEqual([
      "shop/worker:8080",
      "reports/report:8080",
      "monitoring/prometheus:8080",
    ]);
  });

  it("is answered by a way out on the caller's side: both ends agree on pods and port", () => {
    const called = api({ name: "prices", namespace: "sales", port: 9090, traffic: null });
    const caller = worker(needing({ services: ["prices"] }));
    expect(out(caller, [called])).toContain("sales/prices:9090");
    expect(into(called, [caller])).toContain("shop/worker:9090");
  });
});

describe("the policies of a workload", () => {
  const make = (service: RunningSettings) =>
    deploy(
      () => new Workload(service.name, { service, context: contextOf(servicesOf([service])), edge: EDGE, after: [] }),
    );

  it("select the service's own pods and rule both directions", async () => {
    expect(only(await make(api()), POLICY).inputs["spec"]).toMatchObject({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "gateway" } },
      policyTypes: ["Ingress", "Egress"],
    });
  });

  it("let nobody in to a job: what is not opened stays shut", async () => {
    const { spec } = only(await make(job()), POLICY).inputs;
    expect(spec).toMatchObject({ policyTypes: ["Egress"] });
    expect(spec).not.toHaveProperty("ingress");
  });

  it("let migrations reach the database and nothing else", async () => {
    const row = api({
      migrations: { image: IMAGE, command: ["migrate"], lockTimeoutSeconds: 5, timeoutSeconds: 600 },
      ...needing({ database: DATABASE, externals: ["payments"] }),
    });
    expect(only(await make(row), POLICY, "gateway-migrate").inputs["spec"]).toEqual({
      podSelector: {
        matchLabels: { "app.kubernetes.io/name": "gateway-migrate", "app.kubernetes.io/part-of": "preflight" },
      },
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "10.20.48.0/24" } }], ports: [{ protocol: "TCP", port: 5432 }] }],
    });
  });
});
