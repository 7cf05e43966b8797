import { CACHE } from "../../standards/cache.ts";
import type { CommandTable } from "../../standards/facts/valkey-commands.ts";
import { VALKEY_COMMANDS } from "../../standards/facts/valkey-commands.ts";
import type { ReportProblem } from "../problems/problem.ts";
import { showValue } from "../problems/problem.ts";

/** What an access string comes to. */
export interface Access {
  /** Commands, and subcommands as `command|subcommand`, that are left allowed. */
  readonly allowed: ReadonlySet<string>;
  /** Rules that name a command or category which the engine does not have: it refuses the whole string. */
  readonly unknown: readonly string[];
}

/** How many commands a message names. */
const MOST_SHOWN = 12;

const ALL = ["+@all", "allcommands"];
const NONE = ["-@all", "nocommands"];

/** The commands that a rule is about. A command brings its subcommands along; of a category each is or is not one itself. */
function namedBy(rule: string, commands: CommandTable): readonly string[] {
  const names = Object.keys(commands);
  const withSubcommands = (name: string) => names.filter((its) => its === name || its.startsWith(`${name}|`));
  const word = rule.slice(1);
  if (word.startsWith("@")) {
    const category = word.slice(1);
    return names.filter((name) => commands[name]?.split(" ").includes(category));
  }
  if (Object.hasOwn(commands, word)) return withSubcommands(word);
  // "+select|0" allows a command with one first argument: a part of it is still the command.
  const [command = ""] = word.split("|");
  const isContainer = names.some((name) => name.startsWith(`${command}|`));
  return rule.startsWith("+") && word.includes("|") && Object.hasOwn(commands, command) && !isContainer
    ? [command]
    : [];
}

/**
 * What an access string leaves allowed, judged as the engine does: from nothing, rule by rule, and the last that names a
 * command wins. Rules on keys and channels say nothing of commands.
 */
export function accessOf(accessString: string, commands: CommandTable): Access {
  const allowed = new Set<string>();
  const unknown: string[] = [];
  for (const rule of accessString.split(" ")) {
    if (ALL.includes(rule)) for (const name of Object.keys(commands)) allowed.add(name);
    else if (NONE.includes(rule)) allowed.clear();
    else if (/^[+-]/.test(rule)) {
      const named = namedBy(rule, commands);
      if (named.length === 0) unknown.push(rule);
      for (const name of named) {
        if (rule.startsWith("+")) allowed.add(name);
        else allowed.delete(name);
      }
    }
  }
  return { allowed, unknown };
}

/** Which of the commands that no user may have are left allowed; a name stands for its subcommands, help apart. */
function forbiddenIn(allowed: ReadonlySet<string>): readonly string[] {
  return CACHE.forbiddenCommands.flatMap((name) =>
    [...allowed].filter((its) => its === name || (its.startsWith(`${name}|`) && !its.endsWith("|help"))),
  );
}

/** Names in one line; of many the first ones. */
function shown(names: readonly string[]): string {
  const first = names.slice(0, MOST_SHOWN).join(", ");
  return names.length > MOST_SHOWN ? `${first} and ${names.length - MOST_SHOWN} more` : first;
}

/** Refuses an access string by what it leaves allowed on an engine of that version; how it gets there does not matter. */
export function checkAccessString(
  accessString: string,
  engineVersion: string,
  path: readonly (string | number)[],
  report: ReportProblem,
): void {
  const refused = accessString
    .split(" ")
    .filter((rule) => rule.startsWith("+") && !rule.startsWith("+@"))
    .find((rule) => CACHE.awsRefusedCommands.some((its) => rule === `+${its}` || rule.startsWith(`+${its}|`)));
  if (refused !== undefined) {
    report({
      path,
      found: showValue(refused),
      allowed: `none of ${CACHE.awsRefusedCommands.join(", ")}`,
      fix: "Remove the command: ElastiCache keeps it for itself.",
    });
    return;
  }
  const table = VALKEY_COMMANDS.majors[engineVersion.split(".")[0] ?? ""];
  if (table === undefined) return;
  const { allowed, unknown } = accessOf(accessString, table.commands);
  for (const rule of unknown) {
    report({
      path,
      found: `${showValue(rule)}, which Valkey ${table.server} does not know`,
      allowed: "its commands and categories, for instance +@read, -@dangerous, +info, -function|flush",
      fix: "Correct the name: with one that is unknown the engine refuses the whole string.",
    });
  }
  const left = forbiddenIn(allowed);
  if (left.length === 0) return;
  const dangerous = left.some((name) => table.commands[name]?.split(" ").includes("dangerous"));
  const others = left.filter((name) => !table.commands[name]?.split(" ").includes("dangerous"));
  const ending = [...(dangerous ? ["-@dangerous"] : []), ...others.map((name) => `-${name}`)].join(" ");
  report({
    path,
    found: `"${accessString}", which leaves ${shown(left)}`,
    allowed: "strings after which nobody empties the cache, reads what others do or changes the server",
    fix: `End it with "${ending}", and take back behind it, one by one, what the program needs.`,
  });
}
