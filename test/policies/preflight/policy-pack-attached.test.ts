import { describe, expect, it } from "vitest";

import { unknownCheckingProxy } from "../../../policies/lib/sdk.ts";
import { policyPackAttached } from "../../../policies/rules/preflight/policy-pack-attached.ts";
import { UNKNOWN } from "../../support/policy.ts";

const STASH = "pulumi:index:Stash";

/** What the pack's server hands to the engine instead of the inputs; undefined leaves them as they are. */
async function answer(name: string, props: Record<string, unknown>): Promise<unknown> {
  const { remediateResource } = policyPackAttached;
  if (remediateResource === undefined) throw new Error("the guard has no remediation");
  return await remediateResource({
    type: STASH,
    name,
    urn: `urn:pulumi:test::project::${STASH}::${name}`,
    props: unknownCheckingProxy(props),
    opts: {
      protect: false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
    },
    stackTags: new Map(),
    isType: () => false,
    asType: () => undefined,
    getConfig: () => {
      throw new Error("the guard has no configuration");
    },
    notApplicable: () => {
      throw new Error("not applicable");
    },
  });
}

describe(policyPackAttached.name, () => {
  it.each([
    { title: "says present instead of absent", input: "absent:0123456789abcdef", output: "present:0123456789abcdef" },
    {
      title: "leaves an answer as it is that says present",
      input: "present:0123456789abcdef",
      output: "present:0123456789abcdef",
    },
    { title: "answers only a text that begins with the question", input: "not absent:0123", output: "not absent:0123" },
    { title: "answers the question once", input: "absent:absent:0123", output: "present:absent:0123" },
  ])("$title", async ({ input, output }) => {
    expect(await answer("policy-guard", { input })).toEqual({ input: output });
  });

  it.each([
    { title: "leaves a stash of another name alone", name: "notes", props: { input: "absent:0123" } },
    {
      title: "leaves a stash alone whose name only begins like the guard's",
      name: "policy-guard-2",
      props: { input: "absent:0123" },
    },
    { title: "leaves a number alone", name: "policy-guard", props: { input: 7 } },
    {
      title: "leaves an object alone that holds the question",
      name: "policy-guard",
      props: { input: { question: "absent:0123" } },
    },
    { title: "leaves an absent question alone", name: "policy-guard", props: {} },
  ])("$title", async ({ name, props }) => {
    const before = structuredClone(props);
    expect(await answer(name, props)).toBeUndefined();
    expect(props).toEqual(before);
  });

  it("does not answer a question that is unknown", async () => {
    await expect(answer("policy-guard", { input: UNKNOWN })).rejects.toThrow("input can't be known");
  });

  it("is asked about stashes only: the SDK passes by other resource types", () => {
    expect(policyPackAttached.remediateResource).toHaveProperty("__pulumiType", "pulumi:index:Stash");
  });

  it("changes what it judges, and reports nothing", () => {
    expect(policyPackAttached.enforcementLevel).toBe("remediate");
    expect(policyPackAttached.validateResource).toBeUndefined();
  });
});
