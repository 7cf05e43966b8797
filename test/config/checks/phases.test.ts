import { describe, expect, it } from "vitest";

import { problemsOf, rawStack, STACK_NAMES, withSetting } from "../../support/stack-files.ts";

/** A committed file in a phase, with what its first run wants. */
const inPhase = (phase: string) => {
  const phased = withSetting(rawStack("production"), "environment.phase", phase);
  const open = withSetting(phased, "cluster.apiPublicCidrs", ["198.51.100.7/32"]);
  return withSetting(withSetting(open, "dns.dnssec", false), "budget.activateCostAllocationTags", false);
};

describe("the phase of an environment", () => {
  it.each(STACK_NAMES)("is the last one in the committed file: %s", (name) => {
    expect(rawStack(name).settings).toMatchObject({ environment: { phase: "services" } });
  });

  it.each(["foundation", "edge", "services"])("may be %s", (phase) => {
    expect(problemsOf(inPhase(phase))).toEqual([]);
  });

  it("refuses any other word", () => {
    expect(problemsOf(inPhase("first")).join("\n")).toMatch(
      /^environment\.phase: "first" .*foundation.*edge.*services/,
    );
  });

  it("refuses in the foundation to sign a zone that the parent does not know", () => {
    expect(problemsOf(withSetting(inPhase("foundation"), "dns.dnssec", true))).toEqual([
      "dns.dnssec: true while environment.phase is foundation, so the parent zone does not know ours | " +
        "false, or a later phase | Set it to true with the phase edge or later, when the zone is delegated.",
    ]);
    expect(problemsOf(withSetting(inPhase("edge"), "dns.dnssec", true))).toEqual([]);
  });

  it("lets an adopted zone, which is delegated already, be signed from the beginning", () => {
    const adopted = withSetting(inPhase("foundation"), "dns.existingZoneId", "Z0123456789ABCDEFGHIJ");
    expect(problemsOf(withSetting(adopted, "dns.dnssec", true))).toEqual([]);
  });

  it("refuses in the foundation an API server that the run cannot reach", () => {
    const [problem = ""] = problemsOf(withSetting(inPhase("foundation"), "cluster.apiPublicCidrs", []));
    expect(problem).toContain("cluster.apiPublicCidrs: [] while environment.phase is foundation");
    expect(problemsOf(withSetting(inPhase("edge"), "cluster.apiPublicCidrs", []))).toEqual([]);
  });

  it("refuses in the foundation to switch on tags that AWS has never seen", () => {
    const [problem = ""] = problemsOf(withSetting(inPhase("foundation"), "budget.activateCostAllocationTags", true));
    expect(problem).toContain("budget.activateCostAllocationTags: true while environment.phase is foundation");
  });
});
