import type { Server } from "node:http";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { createHandler } from "../../../components/secrets/rotation-lambda/index.js";
import { variablesOf } from "../../../components/workloads/environment-variables.ts";
import { secretFilesOf } from "../../../components/workloads/secret-files.ts";
import type { RunningSettings } from "../../../config/blocks/services/service.ts";
import { secretFile } from "../../../core/names.ts";
import { SECRET_DELIVERY, SECRETS } from "../../../standards/secrets.ts";
import { MountedSecret } from "../../support/mounted-secret.ts";
import { Program } from "../../support/program.ts";
import { REDIS, ThrowawayRedis } from "../../support/redis.ts";
import { describeWith } from "../../support/requirements.ts";
import type { RotationWorld } from "../../support/rotation-apis.ts";
import { announce, newWorld, serveRotationApis, valueOf } from "../../support/rotation-apis.ts";
import { api, contextOf, servicesOf } from "../../support/services.ts";

// The function's own code rotates in a stand-in of Secrets Manager, twice, while programs run as processes. What they get
// is what the service's row gives its pods: these variables, and files with the values that External Secrets would bring.
const DAY_SECONDS = 86_400;
const FIRST = "first-value-first-value-first-value-first";
const USER = "cache-gateway";

let world: RotationWorld;
let server: Server;
const handle = createHandler({ pollMilliseconds: 1, attempts: 5 }, () => world.clock * 1000);

beforeAll(async () => {
  const served = await serveRotationApis(() => world);
  server = served.server;
  vi.spyOn(console, "info").mockImplementation(() => undefined);
  const variables = {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: served.url,
    AWS_ENDPOINT_URL_ELASTICACHE: served.url,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_EC2_METADATA_DISABLED: "true",
    SYMBOLS: SECRETS.symbols,
    DELIVERY_SECONDS: String(SECRET_DELIVERY.withinSeconds),
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

/** A program that runs, and the volume with its secrets. */
interface Pod {
  readonly program: Program;
  /** Brings the files up to what Secrets Manager holds now. */
  readonly deliver: () => void;
}
let ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
});

/** Starts a program as the pod of a service, with its volume and its variables; `own` come on top. */
async function start(name: string, service: RunningSettings, own: Readonly<Record<string, string>> = {}): Promise<Pod> {
  const context = contextOf(servicesOf([service]));
  const volume = new MountedSecret();
  const deliver = () => {
    const value = valueOf(world, "AWSCURRENT") ?? "";
    const field = (property: string | undefined) => (property === undefined ? value : JSON.parse(value)[property]);
    volume.write(Object.fromEntries(secretFilesOf(service, context).map((file) => [file.name, field(file.property)])));
  };
  deliver();
  const text = await new Promise<string>((resolve) => {
    pulumi.jsonStringify(variablesOf(service, context)).apply(resolve);
  });
  const variables: { name: string; value: string }[] = JSON.parse(text);
  const given = variables.map(({ name: key, value }) => [key, value.replace(secretFile.folder, volume.folder)]);
  const program = new Program(name, { ...Object.fromEntries(given), ...own });
  ends.push(
    () => program.stop(),
    () => {
      volume.remove();
    },
  );
  return { program, deliver };
}

/** One rotation, a day after what was before; `between` runs after each of its four steps. */
async function rotate(token: string, between: () => Promise<void>, afterSeconds = DAY_SECONDS): Promise<void> {
  world.clock += afterSeconds;
  announce(world, token);
  for (const Step of ["createSecret", "setSecret", "testSecret", "finishSecret"]) {
    await handle({ SecretId: world.secretId, ClientRequestToken: token, Step });
    await between();
  }
}

describeWith(REDIS, "a login to the cache, rotated twice under programs that run", () => {
  let cache: ThrowawayRedis;
  const service = api({ needs: { ...api().needs, cache: USER } });
  const login = async ({ program }: Pod) => program.ask("login");

  beforeAll(async () => {
    cache = new ThrowawayRedis();
    await cache.ready();
  });
  afterAll(() => cache.stop());
  beforeEach(async () => {
    const value = { userId: `preflight-staging-${USER}`, username: USER, password: FIRST };
    world = newWorld("login", { "secret-kind": "redisUser", "secret-length-chars": "48" }, JSON.stringify(value));
    world.users.set(value.userId, { status: "active", passwords: [FIRST] });
    world.applyPasswords = (_id, passwords) => cache.setPasswords(USER, passwords);
    await cache.setPasswords(USER, [FIRST]);
  });

  it("never refuses one that reads its file at each connection, be the file a whole period late", async () => {
    const pod = await start("cache-client", service, { CACHE_SOCKET: cache.socket });
    const works = async () => {
      expect(await login(pod)).toBe("+OK");
    };
    await works();
    for (const token of ["second", "third"]) {
      await rotate(token, works);
      pod.deliver();
      await works();
    }
    expect(valueOf(world, "AWSCURRENT")).not.toContain(FIRST);
  });

  it("refuses one that holds the password of its start in a variable", async () => {
    const pod = await start("cache-client", service, { CACHE_SOCKET: cache.socket, CACHE_PASSWORD: FIRST });
    await rotate("second", async () => {
      expect(await login(pod)).toBe("+OK");
    });
    await rotate("third", () => Promise.resolve());
    pod.deliver();
    expect(await login(pod)).toContain("WRONGPASS");
  });

  it("does not lose one that has no new file yet, when somebody rotates a second time within minutes", async () => {
    const pod = await start("cache-client", service, { CACHE_SOCKET: cache.socket });
    await rotate("second", () => Promise.resolve());
    const hasty = rotate("third", () => Promise.resolve(), 60);
    await expect(hasty).rejects.toThrow("The last rotation is too fresh");
    expect(await login(pod)).toBe("+OK");
  });
});

describe("a signing key, rotated twice under two pods that get it at different times", () => {
  const service = api({ environment: { required: [], values: {}, secrets: { SIGNING_KEY: "api-token-signing" } } });

  beforeEach(() => {
    const ring = JSON.stringify({ current: FIRST, next: `${FIRST}-2`, previous: FIRST });
    world = newWorld("key", { "secret-kind": "random", "secret-length-chars": "48" }, ring);
  });

  /** Each pod signs, and each accepts what both have signed. */
  async function exchange(pods: readonly Pod[], text: string): Promise<{ tokens: string[]; answers: string[] }> {
    const tokens = await Promise.all(pods.map(({ program }) => program.ask(`sign ${text}`)));
    const answers: string[] = [];
    for (const token of tokens) for (const { program } of pods) answers.push(await program.ask(`verify ${token}`));
    return { tokens, answers };
  }

  const ACCEPTED = ["200", "200", "200", "200"];

  it("is accepted everywhere at every moment, for a whole period after it was last used", async () => {
    const [fast, slow] = [await start("signer", service), await start("signer", service)];
    let [issued, sinceDelivery]: [string[], string[]] = [[], []];
    const works = async () => {
      const { tokens, answers } = await exchange([fast, slow], "user");
      expect(answers).toEqual(ACCEPTED);
      for (const list of [issued, sinceDelivery]) list.push(...tokens);
      for (const token of new Set(issued))
        for (const { program } of [fast, slow]) expect(await program.ask(`verify ${token}`)).toBe("200");
    };
    await works();
    for (const token of ["second", "third"]) {
      // What was signed before the last rotation had reached everybody may end with this one; nothing else may.
      issued = [...sinceDelivery];
      await rotate(token, works);
      fast.deliver();
      await works();
      slow.deliver();
      sinceDelivery = [];
      await works();
    }
    expect(valueOf(world, "AWSCURRENT")).not.toContain(`"${FIRST}"`);
  });

  it("is refused at once by a pod that knows only the current and the previous one", async () => {
    const [fast, slow] = [await start("signer", service), await start("signer", service)];
    const [blind] = [await start("signer", service, { SIGNING_KEY_NEXT_FILE: "/dev/null" })];
    await rotate("second", () => Promise.resolve());
    fast.deliver();
    expect((await exchange([fast, slow], "user")).answers).toEqual(ACCEPTED);
    expect((await exchange([fast, blind], "user")).answers).toContain("401");
  });

  it("is never missed by a check that reads next, current, previous while the files change over", () => {
    const [before, after] = [
      { current: "A", next: "B", previous: "Z" },
      { current: "B", next: "C", previous: "A" },
    ];
    /** Whether both keys that may be in use are found, wherever the change falls between the reads. */
    const finds = (...order: readonly (keyof typeof before)[]) =>
      [0, 1, 2, 3].every((change) => {
        const read = order.map((name, position) => (position < change ? before : after)[name]);
        return read.includes("A") && read.includes("B");
      });
    expect(finds("next", "current", "previous")).toBe(true);
    expect(finds("previous", "current", "next")).toBe(false);
    expect(finds("current", "previous", "next")).toBe(false);
  });
});
