import { describe, expect, it } from "vitest";

import { accessOf, checkAccessString } from "../../../config/checks/access-strings.ts";
import { showPath } from "../../../config/problems/problem.ts";
import { VALKEY_COMMANDS } from "../../../standards/facts/valkey-commands.ts";
import { parsedStack, STACK_NAMES } from "../../support/stack-files.ts";

const commandsOf = (major: string) => VALKEY_COMMANDS.majors[major]?.commands ?? {};
const allowedBy = (accessString: string, major = "8") => [...accessOf(accessString, commandsOf(major)).allowed];

function problems(accessString: string, engineVersion = "8.1"): string[] {
  const found: string[] = [];
  checkAccessString(accessString, engineVersion, ["users", 0, "accessString"], (problem) => {
    found.push(`${showPath(problem.path)}: ${problem.found} | ${problem.fix}`);
  });
  return found;
}

describe("an access string", () => {
  it("begins with nothing, and the last rule that names a command wins", () => {
    expect(allowedBy("on ~*")).toEqual([]);
    expect(allowedBy("on ~* +get")).toEqual(["get"]);
    expect(allowedBy("on ~* +get -get")).toEqual([]);
    expect(allowedBy("on ~* -get +get")).toEqual(["get"]);
    expect(allowedBy("on ~* +@all -@all +ping")).toEqual(["ping"]);
    expect(allowedBy("on ~* allcommands nocommands +ping")).toEqual(["ping"]);
    expect(allowedBy("on ~* allcommands")).toHaveLength(Object.keys(commandsOf("8")).length);
  });

  it("brings subcommands along with their command, and takes single ones", () => {
    expect(allowedBy("on ~* +latency|latest")).toEqual(["latency|latest"]);
    expect(allowedBy("on ~* +memory").toSorted()).toEqual(
      expect.arrayContaining(["memory", "memory|doctor", "memory|usage"]),
    );
    expect(allowedBy("on ~* +client -client|kill")).toContain("client|id");
    expect(allowedBy("on ~* +client -client|kill")).not.toContain("client|kill");
    // A category is asked of each subcommand by itself.
    expect(allowedBy("on ~* +@slow")).toContain("config|set");
  });

  it("takes a first argument of a command for the command, and knows what it does not know", () => {
    expect(allowedBy("on ~* +select|0")).toEqual(["select"]);
    expect(accessOf("on ~* +nosuch +@nosuch -select|0 +client|nosuch", commandsOf("8")).unknown).toEqual([
      "+nosuch",
      "+@nosuch",
      "-select|0",
      "+client|nosuch",
    ]);
  });
});

describe("what no user may be left with", () => {
  // Each of these let a server do what stands beside it.
  it.each([
    ["on ~* -@all +@write", "flushall"],
    ["on ~* -@all +@keyspace", "keys"],
    ["on ~* -@all -@dangerous +@write", "function|flush"],
    ["on ~* +@slow", "shutdown"],
    ["on ~* +flushall", "flushall"],
    ["on ~* +monitor", "monitor"],
    ["on ~* +client|kill", "client|kill"],
    ["on ~* +module|load", "module|load"],
    ["on ~* -@all +@all -@dangerous +flushall", "flushall"],
    ["on ~* +@admin", "monitor"],
    ["on ~* +@scripting", "script|flush"],
    ["on ~* +@connection", "client|kill"],
    ["on ~* allcommands", "swapdb"],
    ["on ~api:* ~session:* -@all +@read +@write +@connection +@transaction -@dangerous", "function|flush"],
  ])("is refused: %s leaves %s", (accessString, left) => {
    const [problem = "", ...others] = problems(accessString);
    expect(others).toEqual([]);
    expect(problem).toMatch(/^users\[0\]\.accessString: "on .*", which leaves /);
    expect(problem).toContain("End it with ");
    expect(allowedBy(accessString)).toContain(left);
  });

  it.each(["8.1", "9.1"])("is refused with an ending that mends it, on %s", (engineVersion) => {
    for (const accessString of ["on ~* +@all", "on ~* -@all +@write", "on ~* +@slow", "on ~* +@scripting +@read"]) {
      const [problem = ""] = problems(accessString, engineVersion);
      const ending = /End it with "([^"]+)"/.exec(problem)?.[1];
      expect(ending).toBeDefined();
      expect(problems(`${accessString} ${ending ?? ""}`, engineVersion)).toEqual([]);
    }
  });

  it("is judged by the engine's own commands", () => {
    expect(problems("on ~* +@read +hgetex -@dangerous", "8.1")).toEqual([
      expect.stringContaining('"+hgetex", which Valkey 8.1.1 does not know'),
    ]);
    expect(problems("on ~* +@read +hgetex -@dangerous", "9.1")).toEqual([]);
  });

  it("is left to no user of the committed files, whatever the release", () => {
    for (const name of STACK_NAMES) {
      for (const { accessString } of parsedStack(name).cache.users) {
        expect(problems(accessString, "8.1")).toEqual([]);
        expect(problems(accessString, "9.1")).toEqual([]);
        const allowed = allowedBy(accessString);
        for (const command of ["flushall", "keys", "function|flush", "function|load", "script|flush", "config|get"])
          expect(allowed).not.toContain(command);
      }
    }
  });

  it("takes nothing that the committed users need", () => {
    const [gateway, worker, exporter] = parsedStack("production").cache.users.map(({ accessString }) =>
      allowedBy(accessString),
    );
    expect(gateway).toEqual(expect.arrayContaining(["get", "set", "hset", "expire", "multi", "exec", "ping", "hello"]));
    expect(worker).toEqual(expect.arrayContaining(["lpush", "brpop", "xadd", "eval", "evalsha", "script|load"]));
    expect(exporter).toEqual(expect.arrayContaining(["info", "slowlog|get", "slowlog|len", "latency|latest", "ping"]));
    expect(exporter).not.toContain("get");
  });
});
