import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { parseFinding } from "../../core/finding.ts";
import type { RunningPack } from "../../preview/analyzer/pack.ts";
import { analyze, infoOf, ROOT, start } from "../support/pack.ts";

/** Paths of the rules' files, for instance `kms/kms-rotation`. */
const files = globSync("*/*.ts", { cwd: join(ROOT, "policies", "rules") })
  .map((file) => file.replace(/\.ts$/, ""))
  .toSorted();
const tests = globSync("*/*.test.ts", { cwd: join(ROOT, "test", "policies") }).map((file) =>
  file.replace(/\.test\.ts$/, ""),
);

let pack: RunningPack;
let policies: Awaited<ReturnType<typeof infoOf>>["policiesList"];
let startMilliseconds: number;

beforeAll(async () => {
  const begin = performance.now();
  pack = await start(join(ROOT, "policies"));
  startMilliseconds = performance.now() - begin;
  policies = (await infoOf(pack)).policiesList;
});

afterAll(() => {
  pack.stop();
});

describe("the pack as the engine starts it", () => {
  it("prints its port and nothing else", () => {
    expect(pack.child.stdout()).toMatch(/^\d+\n$/);
    expect(pack.child.stderr()).toBe("");
  });

  it("is there in no time", () => {
    // Seconds would mean that a compiler or a provider is loaded again; npm run bench measures the milliseconds.
    expect(startMilliseconds).toBeLessThan(5000);
  });

  it("answers with the finding's lines behind the rule's description", async () => {
    const messages = await analyze(pack, "aws:kms/key:Key", { enableKeyRotation: false });
    const rotation = messages.find((message) => message.startsWith("kms-rotation: ")) ?? "";
    expect(parseFinding(rotation)).toMatchObject({
      resource: "subject",
      property: "enableKeyRotation",
      found: "false",
      required: "true",
    });
  });

  it("calls a value undetermined that is unknown, and says which", async () => {
    const messages = await analyze(pack, "aws:kms/key:Key", {
      enableKeyRotation: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    });
    expect(messages).toContainEqual(
      expect.stringMatching(/^kms-rotation: can't run policy .*enableKeyRotation can't be known/),
    );
  });
});

describe("the rules", () => {
  it("are the files below policies/rules, each by its file's name and once", () => {
    expect(files.length).toBeGreaterThan(20);
    expect(policies.map(({ name }) => name).toSorted()).toEqual(files.map((file) => basename(file)).toSorted());
  });

  it.each(files)("have a test file: %s", (file) => {
    expect(tests).toContain(file);
  });

  it("have names that no two files share", () => {
    expect(new Set(files.map((file) => basename(file))).size).toBe(files.length);
  });

  it("say what they want, how bad it is, where to read on and what to do", () => {
    const lacking = policies.filter(
      ({ description, severity, url, remediationSteps, tagsList }) =>
        !/\.$/.test(description) ||
        description.length < 30 ||
        ![1, 2, 3, 4].includes(severity) ||
        !/^https:\/\/[\w.-]+\/./.test(url) ||
        remediationSteps.length < 10 ||
        tagsList.length === 0 ||
        tagsList.some((id) => !/^[A-Z]+-\d\d$/.test(id)),
    );
    expect(lacking.map(({ name }) => name)).toEqual([]);
  });

  it("block or advise; only the guard's answer is a remediation, and none is off", () => {
    const levels = { advisory: 0, mandatory: 1, remediate: 3 };
    const others = policies
      .map(({ name, enforcementlevel }): { name: string; level: number } => ({ name, level: enforcementlevel }))
      .filter(({ level }) => level !== levels.mandatory && level !== levels.advisory);
    expect(others).toEqual([{ name: "policy-pack-attached", level: levels.remediate }]);
  });
});
