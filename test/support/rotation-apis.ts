import type { IncomingMessage, Server } from "node:http";
import { createServer } from "node:http";

/** A version of a secret; without a value it has only been announced. */
interface Version {
  value?: string;
  stages: string[];
  /** Unix time in seconds, as the service tells it. */
  createdAt: number;
}

/** What the rotation function finds in Secrets Manager and ElastiCache, and may change. */
export interface RotationWorld {
  readonly secretId: string;
  rotationEnabled: boolean;
  tags: Record<string, string>;
  readonly versions: Map<string, Version>;
  readonly users: Map<string, { status: string; passwords: string[] }>;
  /** What the cache does when a user is given other passwords; a test may pass them on to a real server. */
  applyPasswords: (userId: string, passwords: readonly string[]) => Promise<void>;
  /** Seconds since 1970; a version that is announced is made now. */
  clock: number;
  /** Requests for which a changed user stays in the state "modifying". */
  pollsUntilActive: number;
  /** Operations in order, without their values. */
  readonly calls: string[];
}

export function newWorld(secretId: string, tags: Record<string, string>, current: string): RotationWorld {
  return {
    secretId,
    rotationEnabled: true,
    tags,
    versions: new Map([["old", { value: current, stages: ["AWSCURRENT"], createdAt: 0 }]]),
    users: new Map(),
    applyPasswords: () => Promise.resolve(),
    clock: 1_000_000,
    pollsUntilActive: 0,
    calls: [],
  };
}

/** What Secrets Manager does before it calls the first step. */
export function announce(world: RotationWorld, token: string): void {
  world.versions.set(token, { stages: ["AWSPENDING"], createdAt: world.clock });
}

/** Value of the version that has a stage; undefined when none has. */
export function valueOf(world: RotationWorld, stage: string): string | undefined {
  return [...world.versions.values()].find(({ stages }) => stages.includes(stage))?.value;
}

type Fields = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status: number;
  readonly body: string;
}

const ok = (body: object): Answer => ({ status: 200, body: JSON.stringify(body) });
const refuse = (type: string, message: string): Answer => ({
  status: 400,
  body: JSON.stringify({ __type: type, message }),
});

function getValue(world: RotationWorld, fields: Fields): Answer {
  for (const [id, { value, stages, createdAt: CreatedDate }] of world.versions) {
    const asked =
      (fields["VersionId"] === undefined || fields["VersionId"] === id) &&
      stages.includes(String(fields["VersionStage"]));
    if (asked && value !== undefined)
      return ok({ ARN: world.secretId, VersionId: id, SecretString: value, VersionStages: stages, CreatedDate });
  }
  return refuse("ResourceNotFoundException", "Secrets Manager can't find the specified secret value");
}

function putValue(world: RotationWorld, fields: Fields): Answer {
  const version = world.versions.get(String(fields["ClientRequestToken"]));
  const value = String(fields["SecretString"]);
  if (version === undefined) return refuse("InvalidRequestException", "unknown version");
  if (version.value !== undefined && version.value !== value)
    return refuse("ResourceExistsException", "a version keeps its value");
  version.value = value;
  return ok({ ARN: world.secretId });
}

/** Moving the current stage leaves the previous one behind, as the service does it. */
function moveStage(world: RotationWorld, fields: Fields): Answer {
  const from = world.versions.get(String(fields["RemoveFromVersionId"]));
  const to = world.versions.get(String(fields["MoveToVersionId"]));
  const stage = String(fields["VersionStage"]);
  if (to === undefined || from?.stages.includes(stage) !== true)
    return refuse("InvalidParameterException", "the stage is not on that version");
  for (const version of world.versions.values())
    version.stages = version.stages.filter((name) => name !== "AWSPREVIOUS");
  from.stages = ["AWSPREVIOUS"];
  to.stages.push(stage);
  return ok({ ARN: world.secretId });
}

function secretsManager(world: RotationWorld, operation: string, fields: Fields): Answer {
  if (fields["SecretId"] !== world.secretId)
    return refuse("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  switch (operation) {
    case "DescribeSecret":
      return ok({
        ARN: world.secretId,
        RotationEnabled: world.rotationEnabled,
        Tags: Object.entries(world.tags).map(([Key, Value]) => ({ Key, Value })),
        VersionIdsToStages: Object.fromEntries([...world.versions].map(([id, { stages }]) => [id, stages])),
      });
    case "GetSecretValue":
      return getValue(world, fields);
    case "PutSecretValue":
      return putValue(world, fields);
    case "UpdateSecretVersionStage":
      return moveStage(world, fields);
    default:
      return refuse("InvalidRequestException", `no answer for ${operation}`);
  }
}

async function elastiCache(world: RotationWorld, form: URLSearchParams): Promise<Answer> {
  const operation = form.get("Action") ?? "";
  const id = form.get("UserId") ?? "";
  const user = world.users.get(id);
  const failure = (code: string) => ({
    status: 400,
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${id}</Message></Error></ErrorResponse>`,
  });
  if (user === undefined) return failure("UserNotFound");
  if (operation === "ModifyUser") {
    if (user.status !== "active") return failure("InvalidUserState");
    user.passwords = [...form]
      .filter(([key]) => key.startsWith("AuthenticationMode.Passwords.member."))
      .map(([, value]) => value);
    await world.applyPasswords(id, user.passwords);
    user.status = world.pollsUntilActive > 0 ? "modifying" : "active";
  }
  const details =
    `<UserId>${id}</UserId><Status>${user.status}</Status>` +
    `<Authentication><Type>password</Type><PasswordCount>${user.passwords.length}</PasswordCount></Authentication>`;
  if (operation === "DescribeUsers" && user.status === "modifying") {
    world.pollsUntilActive -= 1;
    if (world.pollsUntilActive <= 0) user.status = "active";
  }
  const result = operation === "DescribeUsers" ? `<Users><member>${details}</member></Users>` : details;
  return {
    status: 200,
    body: `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`,
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

/** Both APIs on one loopback port, in the protocols the SDK's own clients speak; they serve `current()`. */
export async function serveRotationApis(
  current: () => RotationWorld,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      const world = current();
      const target = request.headers["x-amz-target"];
      const operation =
        typeof target === "string" ? (target.split(".").at(-1) ?? "") : (new URLSearchParams(body).get("Action") ?? "");
      world.calls.push(operation);
      const answer =
        typeof target === "string"
          ? secretsManager(world, operation, JSON.parse(body))
          : await elastiCache(world, new URLSearchParams(body));
      response
        .writeHead(answer.status, {
          "content-type": typeof target === "string" ? "application/x-amz-json-1.1" : "text/xml",
        })
        .end(answer.body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { url: `http://127.0.0.1:${address.port}`, server };
}
