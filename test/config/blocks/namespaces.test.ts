import { describe, expect, it } from "vitest";

import type { Profile } from "../../../config/block.ts";
import { namespacesBlock } from "../../../config/blocks/namespaces.ts";
import { showPath } from "../../../config/problems/problem.ts";

const shop = {
  owner: "shop",
  tier: "application",
  podSecurity: "restricted",
  podSecurityReason: "",
  quota: { pods: 80, cpuRequestCores: 16, memoryRequestGiB: 32, memoryLimitGiB: 64, volumes: 10, storageGiB: 100 },
  containerDefaults: { cpuRequestMillicores: 50, memoryRequestMiB: 128, memoryLimitMiB: 256, maxMemoryMiB: 4096 },
};

const judge = (settings: unknown, profile: Profile = "production") =>
  namespacesBlock
    .judge(settings, profile)
    .map(({ path, found, allowed }) => `${showPath(path)}: ${found} | ${allowed}`);

describe("The namespaces block", () => {
  it("accepts a restricted namespace in production, and none at all", () => {
    expect(judge({ shop })).toEqual([]);
    expect(judge({})).toEqual([]);
  });

  it("wants a reason for a weaker level", () => {
    expect(
      judge({ agents: { ...shop, tier: "platform", podSecurity: "baseline", podSecurityReason: "needs it" } }),
    ).toEqual(['agents.podSecurityReason: "needs it" | a reason of at least 20 characters for the level baseline']);
    expect(
      judge({
        agents: {
          ...shop,
          tier: "platform",
          podSecurity: "baseline",
          podSecurityReason: "collectors bind ports of the host",
        },
      }),
    ).toEqual([]);
  });

  it("refuses a weaker level for applications in production", () => {
    const weak = { shop: { ...shop, podSecurity: "baseline", podSecurityReason: "the image still runs as root" } };
    expect(judge(weak, "standard")).toEqual([]);
    expect(judge(weak)).toEqual(["shop.podSecurity: baseline | restricted for the tier application in production"]);
  });

  it("refuses the names that Kubernetes or AWS use", () => {
    for (const name of ["kube-system", "default", "amazon-guardduty"]) {
      expect(judge({ [name]: shop })).toEqual([
        `${name}: "${name}", a name of Kubernetes or of AWS' add-ons | any but amazon-cloudwatch, amazon-guardduty, default; none that begins with kube-`,
      ]);
    }
  });

  it("refuses memory in the wrong order", () => {
    expect(judge({ shop: { ...shop, containerDefaults: { ...shop.containerDefaults, maxMemoryMiB: 128 } } })).toEqual([
      "shop.containerDefaults: request 128, limit 256, largest 128 (MiB) | memoryRequestMiB <= memoryLimitMiB <= maxMemoryMiB",
    ]);
    expect(judge({ shop: { ...shop, quota: { ...shop.quota, memoryLimitGiB: 16 } } })).toEqual([
      "shop.quota.memoryLimitGiB: 16 | at least memoryRequestGiB, which is 32 (GiB)",
    ]);
  });

  it("refuses a misspelt key", () => {
    expect(judge({ shop: { ...shop, podSecurty: "restricted" } })).toEqual([
      expect.stringContaining("shop.podSecurty: an unknown key"),
    ]);
  });
});
