import { describe, expect, it } from "vitest";

import { refOf } from "../../preview/cloud/tokens.ts";
import type { Judge } from "../../preview/engine/deployment.ts";
import { Deployment } from "../../preview/engine/deployment.ts";
import type { Resource } from "../../preview/engine/model.ts";
import { makeSecret, UNKNOWN } from "../../preview/engine/wire.ts";
import { registration } from "../support/preview.ts";

const STACK = registration({ type: "pulumi:pulumi:Stack", name: "fixture-test", custom: false });
const BUCKET = registration({ type: "aws:s3/bucket:Bucket", name: "logs", source: "index.ts:3" });

const deployment = (options: { readonly unknowns?: boolean; readonly judge?: Partial<Judge> } = {}) =>
  new Deployment({
    project: "fixture",
    stack: "test",
    unknowns: options.unknowns ?? false,
    judge: { remediate: () => Promise.resolve(undefined), analyze: () => undefined, ...options.judge },
  });

describe("a deployment", () => {
  it("answers a resource with its inputs and recognisable computed values", async () => {
    const { urn, id, outputs } = await deployment().register({ ...BUCKET, inputs: { acl: "private" } });
    expect(id).toBe(`ref~${refOf(urn)}~id~`);
    expect(outputs).toMatchObject({ acl: "private", arn: `arn:aws:ref:us-east-1:123456789012:ref~${refOf(urn)}~arn~` });
  });

  it("leaves computed values and the id unknown on request", async () => {
    const { id, outputs } = await deployment({ unknowns: true }).register({ ...BUCKET, inputs: { acl: "private" } });
    expect(id).toBe("");
    expect(outputs).toMatchObject({ acl: "private", arn: UNKNOWN });
  });

  it("keeps secrets secret, and makes those outputs secret that the program names", async () => {
    const { outputs } = await deployment().register({
      ...BUCKET,
      inputs: { policy: makeSecret("x") },
      additionalSecretOutputs: ["arn"],
    });
    expect(outputs["policy"]).toEqual(makeSecret("x"));
    expect(outputs["arn"]).toEqual(makeSecret(expect.stringContaining("~arn~")));
  });

  it("takes the policies' inputs in place of the program's, and has these judged", async () => {
    const judged: Resource[] = [];
    const judge = {
      remediate: () => Promise.resolve({ acl: "private" }),
      analyze: (resource: Resource) => {
        judged.push(resource);
      },
    };
    const { outputs } = await deployment({ judge }).register({ ...BUCKET, inputs: { acl: "public-read" } });
    expect(outputs["acl"]).toBe("private");
    expect(judged.map(({ inputs }) => inputs)).toEqual([{ acl: "private" }]);
  });

  it("inherits protection, retention and deletion from the parent unless the resource says otherwise", async () => {
    const run = deployment();
    const parent = await run.register(
      registration({
        type: "shop:index:Group",
        name: "group",
        custom: false,
        protect: true,
        retainOnDelete: true,
        deletedWith: "urn:x",
      }),
    );
    expect(await run.register({ ...BUCKET, parent: parent.urn })).toMatchObject({
      protect: true,
      retainOnDelete: true,
      deletedWith: "urn:x",
    });
    expect(await run.register({ ...BUCKET, name: "other", parent: parent.urn, protect: false })).toMatchObject({
      protect: false,
      retainOnDelete: true,
    });
  });

  it("refuses a URN that is in use, and says where both are registered", async () => {
    const run = deployment();
    const [first, second] = await Promise.allSettled([
      run.register(BUCKET),
      run.register({ ...BUCKET, source: "index.ts:9" }),
    ]);
    expect(first.status).toBe("fulfilled");
    expect(second).toMatchObject({
      status: "rejected",
      reason: {
        message: expect.stringMatching(
          /same URN, urn:.*::logs\.\n {2}registered in index\.ts:3\n {2}registered in index\.ts:9\n/,
        ),
      },
    });
  });

  it("refuses packages of which the fake cloud knows nothing", async () => {
    await expect(
      deployment().register(registration({ type: "tls:index/privateKey:PrivateKey", name: "key" })),
    ).rejects.toThrow("The fake cloud knows the packages aws, kubernetes, pulumi, random");
  });

  it("answers look-ups with the given id and does not have them judged", () => {
    let judged = 0;
    const run = deployment({
      judge: {
        analyze: () => {
          judged += 1;
        },
      },
    });
    expect(run.read({ ...BUCKET, importId: "my-logs" })).toMatchObject({ id: "my-logs", read: true });
    expect(judged).toBe(0);
  });

  it("refuses to read other stacks", () => {
    expect(() =>
      deployment().read(registration({ type: "pulumi:pulumi:StackReference", name: "org/net/prod" })),
    ).toThrow('reads the stack "org/net/prod"');
  });

  it("refuses a function it has no answer for: token, place and what it can answer", () => {
    expect(() => deployment().invoke("aws:index/getRegion:getRegion", {}, "components/dns.ts:12")).toThrow(
      /calls the function aws:index\/getRegion:getRegion \(components\/dns\.ts:12\).*It can answer .*aws:index\/getPartition:getPartition/s,
    );
  });

  it("answers what the program asks about its own resources", async () => {
    const run = deployment();
    const { urn, id } = await run.register(BUCKET);
    expect(run.invoke("pulumi:pulumi:getResource", { urn }, undefined)).toMatchObject({ urn, id });
  });

  it("is finished once the stack's outputs are registered", async () => {
    const run = deployment();
    const { urn } = await run.register(STACK);
    expect(run.finished).toBe(false);
    run.registerOutputs(urn, { bucket: "x" });
    expect(run.finished).toBe(true);
    expect(run.resources[0]?.outputs).toEqual({ bucket: "x" });
  });
});
