/**
 * Gives a secret a new value, in the four steps by which Secrets Manager calls a rotation function. Kinds, from the
 * secret's tags: `random` (JSON with current, next, previous: next becomes current and a fresh value becomes next, so that
 * every reader has known a value for a whole period before anybody uses it) and `redisUser` (JSON with userId, username,
 * password; the user keeps the old password beside the new one until the next rotation, so that no client is cut off).
 * Readers may be one rotation behind, never two: a rotation that follows too soon on the last one is refused.
 * Each step may come twice and changes nothing the second time. No value is ever logged.
 * Needs only what the Lambda runtime ships; both SDK clients take their endpoint from the environment.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html
 */
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

const LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** ElastiCache passes a change on to every cache of the user within seconds, rarely minutes. */
const DEFAULT_PATIENCE = { pollMilliseconds: 5_000, attempts: 48 };

/** A cryptographically random text of letters, digits and `symbols`. */
export function randomText(length, symbols) {
  const alphabet = LETTERS_AND_DIGITS + symbols;
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** The clients, loaded on the first call: the runtime has them, a build machine need not. */
async function connect() {
  const [secrets, cache] = await Promise.all([
    import("@aws-sdk/client-secrets-manager"),
    import("@aws-sdk/client-elasticache"),
  ]);
  return {
    secrets,
    cache,
    secretsManager: new secrets.SecretsManagerClient({}),
    elastiCache: new cache.ElastiCacheClient({}),
  };
}

/** A version with its date; undefined when the secret has none with this stage (and version). */
async function readVersion({ secrets, secretsManager }, SecretId, VersionStage, VersionId) {
  try {
    return await secretsManager.send(new secrets.GetSecretValueCommand({ SecretId, VersionStage, VersionId }));
  } catch (error) {
    if (error instanceof secrets.ResourceNotFoundException) return undefined;
    throw error;
  }
}

/** A version's value; undefined when there is none. */
const read = async (...version) => (await readVersion(...version))?.SecretString;

/** The fields of a value; what a parser says of bad JSON would show a part of it. */
function fieldsOf(value, ...names) {
  let fields;
  try {
    fields = JSON.parse(value);
  } catch {
    fields = undefined;
  }
  if (names.some((name) => typeof fields?.[name] !== "string"))
    throw new Error(`The secret's value must be JSON with ${names.join(", ")}; see docs/guides/rotation.md`);
  return fields;
}

const ringOf = (value) => fieldsOf(value, "current", "next", "previous");
const loginOf = (value) => fieldsOf(value, "userId", "username", "password");

/** Refuses to go on while a reader may still hold the value before the current one. */
function refuseTooSoon({ CreatedDate }, now, seconds) {
  const ready = CreatedDate.getTime() + seconds * 1000;
  if (now() >= ready) return;
  throw new Error(
    `The last rotation is too fresh: readers get its value within ${seconds} s. Secrets Manager will try again; wait until ${new Date(ready).toISOString()}`,
  );
}

async function describeUser({ cache, elastiCache }, userId) {
  const { Users } = await elastiCache.send(new cache.DescribeUsersCommand({ UserId: userId }));
  const user = Users?.[0];
  if (user === undefined) throw new Error(`The cache has no user ${userId}`);
  return user;
}

/** Waits until no change of the user is under way. */
async function settledUser(clients, userId, patience) {
  for (let attempt = 0; attempt < patience.attempts; attempt += 1) {
    const user = await describeUser(clients, userId);
    if (user.Status === "active") return user;
    if (user.Status !== "modifying") throw new Error(`The cache's user ${userId} is ${user.Status}`);
    await sleep(patience.pollMilliseconds);
  }
  throw new Error(`The cache's user ${userId} is still being changed; Secrets Manager will try again`);
}

/** What the kinds differ in. */
const KINDS = {
  random: {
    renew(value, fresh) {
      const { current, next } = ringOf(value);
      return JSON.stringify({ current: next, next: fresh, previous: current });
    },
    apply: async () => {},
    async verify(_clients, current, pending, { length }) {
      const ring = ringOf(pending);
      if (ring.next.length !== length)
        throw new Error(`The new value has not the ${length} characters that the secret's tag asks for`);
      if (ring.previous !== ringOf(current).current)
        throw new Error("The new version does not keep the current value as its previous one");
    },
  },
  redisUser: {
    renew: (current, fresh) => JSON.stringify({ ...loginOf(current), password: fresh }),
    async apply(clients, current, pending, { patience }) {
      const { userId, password } = loginOf(pending);
      await settledUser(clients, userId, patience);
      const Passwords = [loginOf(current).password, password];
      await clients.elastiCache.send(
        new clients.cache.ModifyUserCommand({ UserId: userId, AuthenticationMode: { Type: "password", Passwords } }),
      );
      await settledUser(clients, userId, patience);
    },
    async verify(clients, _current, pending, { length, patience }) {
      const { userId, password } = loginOf(pending);
      if (password.length !== length)
        throw new Error(`The new password has not the ${length} characters that the secret's tag asks for`);
      const user = await settledUser(clients, userId, patience);
      if (user.Authentication?.PasswordCount !== 2)
        throw new Error(`The cache's user ${userId} does not have both passwords, the old and the new one`);
    },
  },
};

/** The secret's tags as what the steps need. */
function readTags(tags) {
  const value = (key) => tags?.find(({ Key }) => Key === key)?.Value;
  const kind = KINDS[value("secret-kind")];
  if (kind === undefined)
    throw new Error(`The tag secret-kind is "${value("secret-kind")}", which this function cannot rotate`);
  const length = Number(value("secret-length-chars"));
  if (!Number.isInteger(length) || length <= 0) throw new Error("The tag secret-length-chars is no whole number");
  return { kind, length };
}

const STEPS = {
  /** Makes the new value, unless an earlier call did. */
  async createSecret({ clients, id, token, kind, length, symbols, now, deliverySeconds }) {
    const current = await readVersion(clients, id, "AWSCURRENT");
    if (current === undefined) throw new Error("The secret has no current value");
    if ((await read(clients, id, "AWSPENDING", token)) !== undefined) return;
    refuseTooSoon(current, now, deliverySeconds);
    await clients.secretsManager.send(
      new clients.secrets.PutSecretValueCommand({
        SecretId: id,
        ClientRequestToken: token,
        SecretString: kind.renew(current.SecretString, randomText(length, symbols)),
        VersionStages: ["AWSPENDING"],
      }),
    );
  },

  /** Makes the other side accept the new value beside the old one. */
  async setSecret({ clients, id, token, kind, patience }) {
    const current = await read(clients, id, "AWSCURRENT");
    const pending = await read(clients, id, "AWSPENDING", token);
    if (current === undefined || pending === undefined)
      throw new Error("The secret lacks its current or its new value");
    await kind.apply(clients, current, pending, { patience });
  },

  /**
   * Proves that the new value works. When rotation is switched on without rotating at once, Secrets Manager calls this
   * step alone, with a version of its own that holds nothing new: then there is nothing to prove.
   */
  async testSecret({ clients, id, token, kind, length, patience }) {
    const current = await read(clients, id, "AWSCURRENT");
    const pending = await read(clients, id, "AWSPENDING", token);
    if (pending === undefined || pending === current) return;
    await kind.verify(clients, current, pending, { length, patience });
  },

  /** Makes the new value the current one; the old one stays readable as the previous one. */
  async finishSecret({ clients, id, token, versions }) {
    const current = Object.keys(versions).find((version) => versions[version].includes("AWSCURRENT"));
    await clients.secretsManager.send(
      new clients.secrets.UpdateSecretVersionStageCommand({
        SecretId: id,
        VersionStage: "AWSCURRENT",
        MoveToVersionId: token,
        RemoveFromVersionId: current,
      }),
    );
  },
};

/** The function, with the patience it has with the cache, and its clock. */
export function createHandler(patience = DEFAULT_PATIENCE, now = Date.now) {
  let clients;
  return async function handle({ SecretId: id, ClientRequestToken: token, Step: step }) {
    if (!Object.hasOwn(STEPS, step)) throw new Error(`Unknown step ${step}`);
    clients ??= await connect();
    const secret = await clients.secretsManager.send(new clients.secrets.DescribeSecretCommand({ SecretId: id }));
    if (secret.RotationEnabled !== true) throw new Error(`Rotation of ${id} is not switched on`);
    const versions = secret.VersionIdsToStages ?? {};
    const stages = versions[token];
    if (stages === undefined) throw new Error(`${id} has no version ${token}`);
    if (stages.includes("AWSCURRENT")) return;
    if (!stages.includes("AWSPENDING")) throw new Error(`The version ${token} of ${id} is not the one to come`);
    await STEPS[step]({
      clients,
      id,
      token,
      versions,
      patience,
      now,
      deliverySeconds: Number(process.env.DELIVERY_SECONDS ?? 0),
      symbols: process.env.SYMBOLS ?? "",
      ...readTags(secret.Tags),
    });
    console.info(JSON.stringify({ step, secret: id, version: token, done: true }));
  };
}

export const handler = createHandler();
