import { afterAll, beforeAll, expect, it } from "vitest";

import { accessOf } from "../../../config/checks/access-strings.ts";
import { VALKEY_COMMANDS } from "../../../standards/facts/valkey-commands.ts";
import { describeWith } from "../../support/requirements.ts";
import { parsedStack } from "../../support/stack-files.ts";
import type { ServerCommand } from "../../support/valkey.ts";
import { ThrowawayValkey, VALKEY_SERVER } from "../../support/valkey.ts";

/** Strings that show each kind of rule, beside those of the committed users. */
const STRINGS = [
  "on ~* -@all +@write",
  "on ~* -@all +@keyspace",
  "on ~* -@all -@dangerous +@write",
  "on ~* -@all +@write -@dangerous",
  "on ~* +@slow",
  "on ~* +@slow -@admin",
  "on ~* +@all -@slow",
  "on ~* +flushall",
  "on ~* +client -client|kill",
  "on ~* +client|id +memory|usage",
  "on ~* +@connection -client",
  "on ~* -@all +@all -@dangerous +flushall",
  "on ~* allcommands -@scripting -function|load",
  "on ~* +@all nocommands +@read",
  "on ~* +@scripting -script|flush",
  ...parsedStack("production").cache.users.map(({ accessString }) => accessString),
];

describeWith(VALKEY_SERVER, "access strings on a real server", () => {
  let server: ThrowawayValkey;
  beforeAll(async () => {
    server = new ThrowawayValkey();
    await server.ready();
  });
  afterAll(() => server.stop());

  const tableOf = (commands: readonly ServerCommand[]) =>
    Object.fromEntries(commands.map(({ name, categories }) => [name, categories.join(" ")]));

  it("come to what we say they come to, command by command", () => {
    const commands = server.commands();
    expect(commands.length).toBeGreaterThan(300);
    // Some answer without any permission; one that has subcommands is never run itself.
    const open = ["auth", "hello", "quit", "reset"];
    const judged = commands.filter(
      ({ name }) => !open.includes(name) && !commands.some((other) => other.name.startsWith(`${name}|`)),
    );
    for (const accessString of STRINGS) {
      const { allowed, unknown } = accessOf(accessString, tableOf(commands));
      expect(unknown).toEqual([]);
      // Any key and channel, so that only the command decides.
      const rules = accessString.split(" ").filter((rule) => !/^[~%&]/.test(rule));
      server.ask("-e", "ACL", "SETUSER", "judged", "reset", ...rules, "allkeys", "allchannels");
      const ours = judged.map(({ name }) => name).filter((name) => allowed.has(name));
      expect([accessString, server.allowed("judged", judged)]).toEqual([accessString, ours]);
    }
  });

  it("name what the server knows, and nothing else", () => {
    expect(() => server.ask("-e", "ACL", "SETUSER", "judged", "+nosuch")).toThrow(/Unknown command or category/);
    expect(accessOf("+nosuch", tableOf(server.commands())).unknown).toEqual(["+nosuch"]);
  });

  it("are judged by a table that equals the server's own, where it is of a release that we know", () => {
    const [, version = ""] = server.version().split(" ");
    const known = Object.values(VALKEY_COMMANDS.majors).find((table) => table.server === version);
    if (!server.version().startsWith("valkey") || known === undefined) return;
    expect(tableOf(server.commands())).toEqual(known.commands);
  });
});
