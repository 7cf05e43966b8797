import type { Server } from "node:http";
import { createServer } from "node:http";

/** A secret as Secrets Manager lists it. */
export interface ListedSecret {
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Versions with their stages, in the order in which they are listed; each is a page of its own. */
  readonly versions: readonly { readonly createdAt: string; readonly stages: readonly string[] }[];
  /** Whether the service refuses to list the versions. */
  readonly refuseVersions?: boolean;
}

const seconds = (time: string) => Date.parse(time) / 1000;
const prefixesOf = (filters: { readonly Values: readonly string[] }[] | undefined) =>
  filters?.flatMap(({ Values }) => Values) ?? [];

/** One page of one item, and the token of the next. */
function page<T>(
  items: readonly T[],
  token: string | undefined,
): { readonly item: T | undefined; readonly NextToken?: string } {
  const position = Number(token ?? 0);
  const item = items[position];
  return position + 1 < items.length ? { item, NextToken: String(position + 1) } : { item };
}

function answer(secrets: readonly ListedSecret[], operation: string, body: string): object | undefined {
  const fields = JSON.parse(body);
  if (operation === "ListSecrets") {
    // The service's filter takes prefixes and does not look at case.
    const prefixes = prefixesOf(fields.Filters).map((prefix) => prefix.toLowerCase());
    const { item, ...more } = page(
      secrets.filter(({ name }) => prefixes.every((prefix) => name.toLowerCase().startsWith(prefix))),
      fields.NextToken,
    );
    const listed =
      item === undefined
        ? []
        : [{ Name: item.name, Tags: Object.entries(item.tags).map(([Key, Value]) => ({ Key, Value })) }];
    return { SecretList: listed, ...more };
  }
  const secret = secrets.find(({ name }) => name === fields.SecretId);
  if (operation !== "ListSecretVersionIds" || secret === undefined || secret.refuseVersions === true) return undefined;
  const { item, ...more } = page(secret.versions, fields.NextToken);
  return {
    Name: secret.name,
    Versions: item === undefined ? [] : [{ CreatedDate: seconds(item.createdAt), VersionStages: item.stages }],
    ...more,
  };
}

/** Secrets Manager on a loopback port, as far as the function asks it; anything else is refused. */
export async function serveSecretLists(
  current: () => readonly ListedSecret[],
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += String(chunk);
    });
    request.on("end", () => {
      const result = answer(current(), String(request.headers["x-amz-target"]).split(".").at(-1) ?? "", body);
      response.writeHead(result === undefined ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify(result ?? { __type: "AccessDeniedException", message: "not allowed" }));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { url: `http://127.0.0.1:${address.port}`, server };
}
