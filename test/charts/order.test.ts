import { beforeAll, describe, expect, it } from "vitest";

import type { Resource } from "../../preview/engine/model.ts";
import { before, committedResources } from "../support/committed-resources.ts";
import { STACK_NAMES } from "../support/stack-files.ts";
import type { RecordedCall } from "./support/recorded.ts";
import { readRecords } from "./support/recorded.ts";
import { releasesOf } from "./support/releases.ts";

const records = readRecords();

/** Who makes the kinds of a group: the chart that has its definitions; one whose record cannot name them is stated. */
function makerOf(group: string): string | undefined {
  return records.find(({ templatedCrds }) => templatedCrds.some((name) => name.endsWith(`.${group}`)))?.chart;
}

/** Whether a webhook looks at whatever an ordinary namespace has of a kind: no selector asks for a label. */
const looksEverywhere = ({ namespaceSelector = {}, objectSelector = {} }: RecordedCall) =>
  !/"operator":"(?:In|Exists)"|"matchLabels"/.test(JSON.stringify([namespaceSelector, objectSelector]));

/** Webhooks without which nothing of a kind can be made or changed. */
const required = records.flatMap(({ chart, calls }) =>
  calls
    .filter((call) => call.failurePolicy === "Fail" && looksEverywhere(call))
    .flatMap((call) =>
      (call.rules ?? []).map(({ apiGroups = [], resources = [] }) => ({ chart, call, apiGroups, resources })),
    ),
);

it("No webhook without which nothing goes looks at pods: theirs could not come back", () => {
  expect(required.length).toBeGreaterThan(5);
  const ofPods = required.filter(({ resources }) => resources.some((name) => /^(?:pods|\*)(?:\/|$)/.test(name)));
  expect(ofPods.filter(({ apiGroups }) => apiGroups.some((group) => group === "" || group === "*"))).toEqual([]);
});

describe.each(STACK_NAMES)("The order of charts in %s", (environment) => {
  let resources: readonly Resource[];
  beforeAll(async () => {
    resources = await committedResources(environment);
  });

  const urnOf = (chart: string) => {
    const release = releasesOf(resources).find((one) => one.chart === chart);
    return resources.find(({ type, name }) => type.endsWith(":Release") && name === release?.resource)?.urn ?? "";
  };

  it("has the kinds of a chart's objects before the chart", () => {
    const ways = records.flatMap(({ chart, customGroups }) =>
      customGroups.map((group) => ({ chart, group, maker: makerOf(group) })),
    );
    expect(ways.map(({ group }) => group)).toEqual(
      expect.arrayContaining(["monitoring.coreos.com", "cert-manager.io"]),
    );
    for (const { chart, group, maker } of ways) {
      expect(maker, `nobody makes the kinds of ${group}, which ${chart} uses`).toBeDefined();
      if (maker !== undefined && maker !== chart)
        expect(before(resources, urnOf(chart)), `${chart} before ${maker}`).toContain(urnOf(maker));
    }
  });

  it("has a webhook's pods before what they must allow", () => {
    const asked = resources.flatMap((resource) => {
      const [, group = "", kind = ""] = /^kubernetes:([^/]+)\/[^:]+:(\w+)$/.exec(resource.type) ?? [];
      return required
        .filter(
          ({ apiGroups, resources: names }) =>
            apiGroups.includes(group) &&
            names.some(
              (name) => name === "*/*" || name === `${kind.toLowerCase()}s` || name === `${kind.toLowerCase()}es`,
            ),
        )
        .map(({ chart }) => ({ resource, chart }));
    });
    expect(new Set(asked.map(({ chart }) => chart))).toEqual(
      new Set(["aws-load-balancer-controller", "cert-manager", "external-secrets"]),
    );
    for (const { resource, chart } of asked)
      expect(before(resources, resource.urn), `${resource.name} needs ${chart}`).toContain(urnOf(chart));
  });
});
