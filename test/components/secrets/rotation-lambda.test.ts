import type { Server } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { createHandler, randomText } from "../../../components/secrets/rotation-lambda/index.js";
import { SECRET_DELIVERY, SECRET_TAGS, SECRETS } from "../../../standards/secrets.ts";
import type { RotationWorld } from "../../support/rotation-apis.ts";
import {
  announce as announceIn,
  newWorld,
  serveRotationApis,
  valueOf as valueIn,
} from "../../support/rotation-apis.ts";

// The SDK's own clients talk to a server on this machine which speaks the services' protocols.
const ID = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:preflight-staging/shop/subject-AbCdEf";
const USER = "preflight-staging-shop-cache";
const OLD = "old-password-old-password-old-password";
const RANDOM_TAGS = { [SECRET_TAGS.kind]: "random", [SECRET_TAGS.lengthChars]: "48" };
const USER_TAGS = { [SECRET_TAGS.kind]: "redisUser", [SECRET_TAGS.lengthChars]: "48" };
const NEXT = "next-value-next-value-next-value";
const RING = JSON.stringify({ current: OLD, next: NEXT, previous: OLD });
const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"];

let world: RotationWorld;
let server: Server;
const handle = createHandler({ pollMilliseconds: 1, attempts: 5 }, () => world.clock * 1000);
/** What Secrets Manager lets pass between two rotations of the tests. */
const DAY_SECONDS = 86_400;

beforeAll(async () => {
  const served = await serveRotationApis(() => world);
  server = served.server;
  vi.stubEnv("AWS_ENDPOINT_URL_SECRETS_MANAGER", served.url);
  vi.stubEnv("AWS_ENDPOINT_URL_ELASTICACHE", served.url);
  vi.stubEnv("AWS_REGION", "eu-west-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  vi.stubEnv("SYMBOLS", SECRETS.symbols);
  vi.stubEnv("DELIVERY_SECONDS", String(SECRET_DELIVERY.withinSeconds));
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

const log = vi.spyOn(console, "info").mockImplementation(() => undefined);
beforeEach(() => {
  log.mockClear();
});
afterEach(() => {
  expect(log.mock.calls.flat().join()).not.toContain(OLD);
});

const call = (step: string, token = "new") => handle({ SecretId: ID, ClientRequestToken: token, Step: step });

const announce = (token = "new") => {
  announceIn(world, token);
};

async function rotate(token = "new"): Promise<void> {
  world.clock += DAY_SECONDS;
  announce(token);
  for (const step of STEPS) await call(step, token);
}

const valueOf = (stage: string) => valueIn(world, stage);
const ringOf = (stage: string): Record<string, string> => JSON.parse(valueOf(stage) ?? "{}");

/** A secret whose value is a login to the cache, and the user it belongs to. */
function cacheWorld(): RotationWorld {
  const made = newWorld(ID, USER_TAGS, JSON.stringify({ userId: USER, username: "shop-cache", password: OLD }));
  made.users.set(USER, { status: "active", passwords: [OLD] });
  return made;
}

const passwordOf = (stage: string): string => JSON.parse(valueOf(stage) ?? "{}").password;

describe("the rotation function, kind random", () => {
  beforeEach(() => {
    world = newWorld(ID, RANDOM_TAGS, RING);
  });

  it("makes the value current that all readers know, keeps the old one, and tells the one to come", async () => {
    await rotate();
    const first = ringOf("AWSCURRENT");
    expect(first).toEqual({ current: NEXT, next: expect.stringMatching(/^[A-Za-z0-9_-]{48}$/), previous: OLD });
    expect(valueOf("AWSPREVIOUS")).toBe(RING);
    await rotate("newer");
    expect(ringOf("AWSCURRENT")).toMatchObject({ current: first["next"], previous: NEXT });
    expect(ringOf("AWSCURRENT")["next"]).not.toBe(first["next"]);
    expect(world.calls).not.toContain("ModifyUser");
  });

  it("refuses to rotate again before every reader can have the last value, and goes on later", async () => {
    await rotate();
    const { current } = ringOf("AWSCURRENT");
    world.clock += SECRET_DELIVERY.withinSeconds - 1;
    announce("newer");
    await expect(call("createSecret", "newer")).rejects.toThrow("within 600 s");
    expect(ringOf("AWSCURRENT")["current"]).toBe(current);
    world.clock += 1;
    for (const step of STEPS) await call(step, "newer");
    expect(ringOf("AWSCURRENT")["previous"]).toBe(current);
  });

  it.each(["plain-value-plain-value-plain-value", "null", '{"current":"a","next":"b"}'])(
    "refuses a value that is no such JSON, and does not repeat it: %s",
    async (value) => {
      world = newWorld(ID, RANDOM_TAGS, value);
      announce();
      const refusal = await call("createSecret").catch(String);
      expect(refusal).toBe(
        "Error: The secret's value must be JSON with current, next, previous; see docs/guides/rotation.md",
      );
    },
  );

  it("keeps the first new value when a step comes twice", async () => {
    announce();
    await call("createSecret");
    const made = valueOf("AWSPENDING");
    await call("createSecret");
    expect(valueOf("AWSPENDING")).toBe(made);
    for (const step of STEPS) await call(step);
    await call("finishSecret");
    expect(valueOf("AWSCURRENT")).toBe(made);
  });

  it("refuses a version that is not the one to come", async () => {
    world.versions.set("stray", { value: "x", stages: [], createdAt: 0 });
    await expect(call("createSecret", "stray")).rejects.toThrow("not the one to come");
    await expect(call("createSecret", "unheard-of")).rejects.toThrow("no version unheard-of");
  });

  it("refuses a secret whose rotation is off, an unknown kind, a broken length, an unknown step", async () => {
    announce();
    world.rotationEnabled = false;
    await expect(call("createSecret")).rejects.toThrow("not switched on");
    world.rotationEnabled = true;
    world.tags = { ...RANDOM_TAGS, [SECRET_TAGS.kind]: "manual" };
    await expect(call("createSecret")).rejects.toThrow('secret-kind is "manual"');
    world.tags = { [SECRET_TAGS.kind]: "random" };
    await expect(call("createSecret")).rejects.toThrow("no whole number");
    await expect(call("toString")).rejects.toThrow("Unknown step toString");
  });

  it("finds a new value that is too short", async () => {
    announce();
    const short = JSON.stringify({ current: NEXT, next: "short", previous: OLD });
    world.versions.set("new", { value: short, stages: ["AWSPENDING"], createdAt: 0 });
    await expect(call("testSecret")).rejects.toThrow("48 characters");
  });

  it("finds a new version that forgets the current value", async () => {
    const forgetful = JSON.stringify({ current: NEXT, next: "n".repeat(48), previous: NEXT });
    world.versions.set("new", { value: forgetful, stages: ["AWSPENDING"], createdAt: 0 });
    await expect(call("testSecret")).rejects.toThrow("previous");
  });

  it("has nothing to prove when Secrets Manager only tries the function", async () => {
    announce();
    await call("testSecret");
    world.versions.set("new", { value: RING, stages: ["AWSPENDING"], createdAt: 0 });
    await call("testSecret");
    expect(valueOf("AWSCURRENT")).toBe(RING);
  });
});

describe("the rotation function, kind redisUser", () => {
  beforeEach(() => {
    world = cacheWorld();
  });

  it("lets the user log in with the old and the new password, so that no client is cut off", async () => {
    world.pollsUntilActive = 2;
    await rotate();
    expect(passwordOf("AWSCURRENT")).toMatch(/^[A-Za-z0-9_-]{48}$/);
    expect(world.users.get(USER)?.passwords).toEqual([OLD, passwordOf("AWSCURRENT")]);
    expect(JSON.parse(valueOf("AWSCURRENT") ?? "{}")).toMatchObject({ userId: USER, username: "shop-cache" });
  });

  it("takes the oldest password away at the next rotation", async () => {
    await rotate();
    const second = passwordOf("AWSCURRENT");
    await rotate("newer");
    expect(world.users.get(USER)?.passwords).toEqual([second, passwordOf("AWSCURRENT")]);
    expect(passwordOf("AWSPREVIOUS")).toBe(second);
  });

  it("does not make the new password current when the cache refused it", async () => {
    announce();
    await call("createSecret");
    world.users.clear();
    await expect(call("setSecret")).rejects.toThrow("preflight-staging-shop-cache");
    expect(passwordOf("AWSCURRENT")).toBe(OLD);
  });

  it("waits for an earlier change of the user before its own", async () => {
    world.users.set(USER, { status: "modifying", passwords: [OLD] });
    world.pollsUntilActive = 2;
    await rotate();
    expect(world.users.get(USER)?.passwords).toHaveLength(2);
  });

  it("gives up, to be called again, when the cache takes too long, and carries on where it was", async () => {
    announce();
    await call("createSecret");
    const made = passwordOf("AWSPENDING");
    world.pollsUntilActive = 7;
    await expect(call("setSecret")).rejects.toThrow("try again");
    for (const step of STEPS) await call(step);
    expect(passwordOf("AWSCURRENT")).toBe(made);
    expect(world.users.get(USER)?.passwords).toEqual([OLD, made]);
  });

  it("finds a user that has not both passwords", async () => {
    announce();
    await call("createSecret");
    await expect(call("testSecret")).rejects.toThrow("does not have both passwords");
  });
});

describe("randomText", () => {
  it("uses every letter, digit and symbol and nothing else", () => {
    const text = randomText(20_000, SECRETS.symbols);
    expect(new Set(text).size).toBe(64);
    expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
  });
});
