import { afterAll, describe, expect, it } from "vitest";

import { runProgram } from "../../preview/engine/program.ts";
import { holdsSecret } from "../../preview/engine/wire.ts";
import type { Fixture, FixtureSpec } from "../support/preview.ts";
import { createFixture } from "../support/preview.ts";

const fixtures: Fixture[] = [];
afterAll(() => {
  for (const fixture of fixtures) fixture.remove();
});

/** Runs a program alone, without a pack. */
async function start(
  program: string,
  more: Partial<FixtureSpec> & { readonly timeoutSeconds?: number; readonly unknowns?: boolean } = {},
) {
  const fixture = createFixture({ program, ...more });
  fixtures.push(fixture);
  return runProgram({
    project: fixture.project,
    environment: "test",
    configuration: { values: { "fixture:token": "s3cret" }, secretKeys: ["fixture:token"] },
    unknowns: more.unknowns ?? false,
    timeoutSeconds: more.timeoutSeconds ?? 60,
    judge: { remediate: () => Promise.resolve(undefined), analyze: () => undefined },
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
}

describe("a program that cannot be previewed says why", () => {
  it.concurrent.each([
    {
      title: "an exception, with its place",
      program: "throw new Error('boom');",
      message: /Error: boom\n\s+at .*index\.ts:\d+/,
    },
    { title: "a rejected promise", program: "Promise.reject(new Error('nobody waits'));", message: /nobody waits/ },
    {
      title: "an error for the user, as it is",
      program: "throw new pulumi.RunError('Change the key.');",
      message: /^Change the key\.$/,
    },
    {
      title: "a promise that is never settled",
      program: "await new Promise(() => {});",
      message: /waits for a promise or an output that nothing will ever resolve/,
    },
    {
      title: "an output that is never known",
      program: "new Bucket('a', { acl: pulumi.output(new Promise(() => {})) });",
      message: /"a" \[aws:s3\/bucket:Bucket\] was waiting for the value of its input property "acl"/,
    },
    {
      title: "an end before the end",
      program: "new Bucket('a'); process.exit(0);",
      message: /exited before|before it was finished/,
    },
    {
      title: "a missing module",
      program: "await import('./nothing.ts');",
      message: /Cannot find module .*nothing\.ts/,
    },
    {
      title: "the same URN twice, with both places",
      program: "const f = () => { new Bucket('a'); };\nf();\nf();",
      message: /same URN, urn:.*\n {2}registered in index\.ts:\d+\n {2}registered in index\.ts:\d+/,
    },
    {
      title: "a function without an answer",
      program: "await pulumi.runtime.invoke('aws:index/getRegion:getRegion', {});",
      message: /calls the function aws:index\/getRegion:getRegion/,
    },
    {
      title: "a component that a plugin builds",
      program: "new pulumi.ComponentResource('eks:index:Cluster', 'k', {}, {}, true);",
      message: /runs no plugins/,
    },
    {
      title: "a transform",
      program: "pulumi.runtime.registerResourceTransform(() => undefined); new Bucket('a');",
      message: /the preview runs none/,
    },
  ])("$title", async ({ program, message }) => {
    await expect(start(program)).rejects.toThrow(message);
  });

  it("is ended when it keeps running", async () => {
    await expect(start("setInterval(() => {}, 1000);", { timeoutSeconds: 4 })).rejects.toThrow(
      "did not end within 4 seconds",
    );
  });
});

describe("a program that can", () => {
  it("registers what the real engine would see", async () => {
    const { resources, printed, log } = await start(`
      const group = new Group("data", { protect: true });
      const logs = new Bucket("logs", { acl: "private", owner: new pulumi.Config().requireSecret("token") }, { parent: group, aliases: [{ name: "old" }] });
      new Bucket("copy", { source: logs.arn, tags: { of: logs.id } }, { dependsOn: group, ignoreChanges: ["tags"] });
      console.log("hello");
      await pulumi.log.warn("mind the gap", logs);
      export const bucket = logs.id;`);
    const byName = Object.fromEntries(resources.map((resource) => [resource.name, resource]));
    const { logs, copy, data } = byName;
    expect(resources.map(({ name }) => name).toSorted()).toEqual(["copy", "data", "fixture-test", "logs"]);
    expect(logs?.urn).toBe("urn:pulumi:test::fixture::fixture:index:Group$aws:s3/bucket:Bucket::logs");
    expect(logs).toMatchObject({ parent: data?.urn, protect: true, aliases: [{ name: "old", parent: data?.urn }] });
    expect(holdsSecret(logs?.inputs["owner"])).toBe(true);
    expect(copy?.inputs["source"]).toBe(logs?.outputs["arn"]);
    expect(copy).toMatchObject({
      propertyDependencies: { source: [logs?.urn], tags: [logs?.urn] },
      ignoreChanges: ["tags"],
    });
    expect(copy?.dependencies).toContain(logs?.urn);
    expect(byName["fixture-test"]?.outputs).toEqual({ bucket: logs?.id });
    expect(printed).toBe("hello\n");
    expect(log).toEqual([{ severity: "warning", message: "mind the gap", urn: logs?.urn }]);
  });

  it("can use what is loaded late: functions become deployable code", async () => {
    const { resources } = await start(
      "const { text } = await pulumi.runtime.serializeFunction(() => 40 + 2); new Bucket('a', { code: text });",
    );
    expect(resources.find(({ name }) => name === "a")?.inputs["code"]).toContain("40 + 2");
  });

  it("sees unknown values in a first preview", async () => {
    const { resources } = await start(
      "const a = new Bucket('a'); let ran = false; a.arn.apply(() => { ran = true; }); new Bucket('b', { source: a.arn, ran: String(ran), dry: String(pulumi.runtime.isDryRun()) });",
      { unknowns: true },
    );
    expect(resources.find(({ name }) => name === "b")?.inputs).toEqual({
      source: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      ran: "false",
      dry: "true",
    });
  });
});
