import type { Server } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { createHandler, randomText } from "../../../components/secrets/rotation-lambda/index.js";
import { SECRET_TAGS, SECRETS } from "../../../standards/secrets.ts";
import type { RotationWorld } from "../../support/rotation-apis.ts";
import { newWorld, serveRotationApis } from "../../support/rotation-apis.ts";

// The SDK's own clients talk to a server on this machine which speaks the services' protocols.
const ID = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:preflight-staging/shop/subject-AbCdEf";
const USER = "preflight-staging-shop-cache";
const OLD = "old-password-old-password-old-password";
const RANDOM_TAGS = { [SECRET_TAGS.kind]: "random", [SECRET_TAGS.lengthChars]: "48" };
const USER_TAGS = { [SECRET_TAGS.kind]: "redisUser", [SECRET_TAGS.lengthChars]: "48" };
const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"];

let world: RotationWorld;
let server: Server;
const handle = createHandler({ pollMilliseconds: 1, attempts: 5 });

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

/** What Secrets Manager does before it calls the first step. */
function announce(token = "new"): void {
  world.versions.set(token, { stages: ["AWSPENDING"] });
}

async function rotate(token = "new"): Promise<void> {
  announce(token);
  for (const step of STEPS) await call(step, token);
}

const valueOf = (stage: string) => [...world.versions.values()].find(({ stages }) => stages.includes(stage))?.value;

/** A secret whose value is a login to the cache, and the user it belongs to. */
function cacheWorld(): RotationWorld {
  const made = newWorld(ID, USER_TAGS, JSON.stringify({ userId: USER, username: "shop-cache", password: OLD }));
  made.users.set(USER, { status: "active", passwords: [OLD] });
  return made;
}

const passwordOf = (stage: string): string => JSON.parse(valueOf(stage) ?? "{}").password;

describe("the rotation function, kind random", () => {
  beforeEach(() => {
    world = newWorld(ID, RANDOM_TAGS, OLD);
  });

  it("makes a new value of the wanted length current and keeps the old one as the previous", async () => {
    await rotate();
    expect(valueOf("AWSCURRENT")).toMatch(/^[A-Za-z0-9_-]{48}$/);
    expect(valueOf("AWSPREVIOUS")).toBe(OLD);
    expect(world.calls).not.toContain("ModifyUser");
  });

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
    world.versions.set("stray", { value: "x", stages: [] });
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
    world.versions.set("new", { value: "short", stages: ["AWSPENDING"] });
    await expect(call("testSecret")).rejects.toThrow("48 characters");
  });

  it("has nothing to prove when Secrets Manager only tries the function", async () => {
    announce();
    await call("testSecret");
    world.versions.set("new", { value: OLD, stages: ["AWSPENDING"] });
    await call("testSecret");
    expect(valueOf("AWSCURRENT")).toBe(OLD);
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
