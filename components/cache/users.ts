import * as elasticache from "@pulumi/aws/elasticache/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";

import type { CacheSettings } from "../../config/blocks/cache.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import type { Scope } from "../../core/names.ts";
import { cacheUserId, nameOf } from "../../core/names.ts";
import { SECRETS } from "../../standards/secrets.ts";
import type { CacheLogin } from "../secrets/secrets.ts";

export interface CacheUsersArgs {
  readonly environment: Scope & Pick<Environment, "retainStatefulResources">;
  readonly users: CacheSettings["users"];
  /** Logins by name. */
  readonly logins: Readonly<Record<string, CacheLogin>>;
  readonly engine: string;
}

/**
 * The cache's users and nobody else. Each begins with the password of its secret; from the first rotation on it has two,
 * the current and the previous one, which the rotation function keeps and Pulumi leaves alone.
 */
export function createCacheUsers(name: string, args: CacheUsersArgs, parent: pulumi.Resource): elasticache.UserGroup {
  const { environment, engine } = args;
  // The cache is retained with all it needs; a user that goes would lock its program out.
  const retainOnDelete = environment.retainStatefulResources;
  const users = args.users.map(({ secret, accessString }) => {
    const login = args.logins[secret];
    if (login === undefined) throw new Error(`The cache's user ${secret} has no secret`);
    return new elasticache.User(
      `${name}-${secret}`,
      { userId: login.userId, userName: login.username, engine, accessString, passwords: [login.password] },
      { parent, retainOnDelete, ignoreChanges: ["passwords"] },
    );
  });
  return new elasticache.UserGroup(
    name,
    {
      userGroupId: nameOf(environment),
      engine,
      userIds: [createDefaultUser(name, args, parent), ...users].map((user) => user.userId),
    },
    { parent, retainOnDelete },
  );
}

/** Whoever gives no name is this user. It is off, may do nothing, and nobody is given the password that Valkey demands. */
function createDefaultUser(
  name: string,
  { environment, engine }: CacheUsersArgs,
  parent: pulumi.Resource,
): elasticache.User {
  const password = new RandomPassword(
    `${name}-default`,
    { length: SECRETS.maxLengthChars, special: true, overrideSpecial: SECRETS.symbols },
    { parent },
  );
  return new elasticache.User(
    `${name}-default`,
    {
      userId: cacheUserId(environment, "default"),
      userName: "default",
      engine,
      accessString: "off ~keys* -@all",
      passwords: [password.result],
    },
    { parent, retainOnDelete: environment.retainStatefulResources, ignoreChanges: ["passwords"] },
  );
}
