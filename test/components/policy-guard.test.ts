import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, it, vi } from "vitest";

import { requirePolicyPack } from "../../components/policy-guard.ts";
import type { StackName } from "../support/stack-files.ts";
import { parsedStack } from "../support/stack-files.ts";

type Answer = (question: string) => string | undefined;

const PRESENT: Answer = (question) => question.replace(/^absent:/, "present:");
const ABSENT: Answer = (question) => question;
/** A preview's value before anything exists. */
const UNKNOWN: Answer = () => undefined;

interface Asked {
  readonly questions: readonly string[];
  readonly warnings: readonly string[];
  readonly refusal: string | undefined;
}

/** Asks as the program does, with a pack that answers so. */
async function ask(
  stack: StackName,
  answer: Answer,
  {
    bypassReason,
    dryRun = false,
    packByDefault = false,
  }: { readonly bypassReason?: string; readonly dryRun?: boolean; readonly packByDefault?: boolean } = {},
): Promise<Asked> {
  const questions: string[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        const question = String(inputs["input"]);
        questions.push(`${type}::${name}::${question}`);
        const given = answer(question);
        return { id: name, state: given === undefined ? {} : { input: given, output: given } };
      },
      call: () => ({}),
    },
    "preflight",
    stack,
    dryRun,
  );
  const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
  let refusal: string | undefined;
  try {
    await requirePolicyPack({ config: parsedStack(stack), bypassReason, packByDefault });
  } catch (error) {
    if (!pulumi.RunError.isInstance(error)) throw error;
    refusal = error.message;
  }
  await pulumi.runtime.disconnect();
  // A preview waits for nothing, so what it says comes when the program has ended.
  for (let turn = 0; turn < 50; turn += 1)
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  return { questions, warnings: warn.mock.calls.map(([text]) => text), refusal };
}

afterEach(() => {
  vi.restoreAllMocks();
});

const REASON = "The pack's server is broken and the site is down";

describe("a deployment that the pack judges", () => {
  it.each<StackName>(["staging", "production"])("goes on without a word in %s", async (stack) => {
    const { questions, warnings, refusal } = await ask(stack, PRESENT);
    expect(questions).toEqual([expect.stringMatching(/^pulumi:index:Stash::policy-guard::absent:[0-9a-f]{16}$/)]);
    expect(warnings).toEqual([]);
    expect(refusal).toBeUndefined();
  });
});

describe("a deployment that no pack judges", () => {
  it("is refused in production, before anything else is registered, with the way to do it right", async () => {
    const { questions, refusal } = await ask("production", ABSENT);
    expect(questions).toHaveLength(1);
    expect(refusal).toContain("nothing was registered");
    expect(refusal).toContain("npm run up");
  });

  it("is warned of in staging", async () => {
    const { warnings, refusal } = await ask("staging", ABSENT);
    expect(refusal).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining("No policy pack judges this run of staging.")]);
  });

  it("goes on in production for a reason, which is shown", async () => {
    const { warnings, refusal } = await ask("production", ABSENT, { bypassReason: REASON });
    expect(refusal).toBeUndefined();
    expect(warnings).toEqual([`No policy pack judges this run of production. The reason given: ${REASON}`]);
  });

  it("does not pass with an answer that was given to another configuration", async () => {
    const { refusal } = await ask("production", () => "present:0123456789abcdef");
    expect(refusal).toContain("nothing was registered");
  });
});

describe("a run in which the engine does not put the question", () => {
  /** What the state holds from a former run; with --run-program, refresh and destroy answer so, and --target does. */
  const KEPT: Answer = () => "present:0123456789abcdef";

  it("goes on where the pack is the default of every command: nothing is made, or the pack judges it", async () => {
    expect(await ask("production", KEPT, { packByDefault: true })).toMatchObject({ warnings: [], refusal: undefined });
  });

  it("is refused in production elsewhere, with commands that bring the pack, and the guard's address", async () => {
    const { refusal } = await ask("production", KEPT);
    expect(refusal).toContain(". ./.envrc");
    expect(refusal).toContain("npm run pulumi -- ");
    expect(refusal).toContain("'urn:pulumi:production::preflight::pulumi:index:Stash::policy-guard'");
  });

  it("is refused where the question came back as it was, whatever the default says: another pack was named", async () => {
    expect((await ask("production", ABSENT, { packByDefault: true })).refusal).toContain("nothing was registered");
  });
});

describe("a preview", () => {
  it("never waits for an answer that only a deployment brings", async () => {
    const { warnings, refusal } = await ask("production", UNKNOWN, { dryRun: true });
    expect({ warnings, refusal }).toEqual({ warnings: [], refusal: undefined });
  });

  it("is warned of without a pack, and not refused", async () => {
    const { warnings, refusal } = await ask("production", ABSENT, { dryRun: true });
    expect(refusal).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining("No policy pack judges this preview.")]);
  });

  it("says nothing when the pack is there", async () => {
    expect((await ask("production", PRESENT, { dryRun: true })).warnings).toEqual([]);
  });
});

describe("the question", () => {
  it("is another one for another configuration, so that an answer in the state cannot pass for a new one", async () => {
    const [staging, production] = [await ask("staging", PRESENT), await ask("production", PRESENT)];
    expect(staging.questions).not.toEqual(production.questions);
  });

  it("is another one with a reason, or without the pack as default: such an answer cannot pass for the usual one", async () => {
    const questions: string[] = [];
    for (const options of [{}, { bypassReason: REASON }, { packByDefault: true }])
      questions.push((await ask("production", ABSENT, options)).questions.join());
    expect(new Set(questions).size).toBe(3);
  });
});
