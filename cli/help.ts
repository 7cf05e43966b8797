import type { Command } from "./command.ts";
import { wrap } from "./output.ts";
import { parserOf } from "./parse.ts";

/** Lines below a heading. */
const block = (title: string, lines: readonly string[]) => ["", title, ...lines.map((line) => `  ${line}`)];

/** The words that may follow a command, as its usage shows them. */
function usageOf({ positionals, passesOn, options, changes }: Command): string {
  if (passesOn !== undefined) return passesOn.usage;
  return [
    ...Object.entries(positionals).map(([key, { takes }]) => (takes === "all" ? `[${key} ...]` : `<${key}>`)),
    ...(Object.keys(options).length > 0 || changes !== undefined ? ["[options]"] : []),
  ].join(" ");
}

/** All about a command, in at most `width` columns: how it is typed, what it takes, examples, exit codes. */
export function helpOf(command: Command, width: number): string {
  const { script, summary, details, changes, examples, exits } = command;
  const usage = usageOf(command);
  const parser = parserOf(command).usage(usage).configureHelp({ helpWidth: width });
  const [first = "", ...others] = parser.helpInformation().trimEnd().split("\n");
  const broken = (text: string, columns: number) => wrap(text.split(" "), " ", "", columns);
  return [
    summary,
    ...(details === undefined ? [] : ["", ...details.flatMap((paragraph) => broken(paragraph, width))]),
    "",
    first,
    `       npm run ${script} -- ${usage}`,
    ...others,
    ...(changes === undefined ? [] : block("Changes:", broken(changes.what, width - 2))),
    ...block(
      "Examples:",
      examples.flatMap(({ command: typed, says }) => [typed, `    ${says}`]),
    ),
    ...block(
      "Exit codes:",
      Object.entries(exits).map(([code, meaning]) => `${code.padEnd(4)}${meaning}`),
    ),
    "",
  ].join("\n");
}

/** The list of all commands. */
export function listOf(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  const groups = [...Map.groupBy(commands, ({ group }) => group)].flatMap(([group, members]) =>
    block(
      `${group}:`,
      members.map(({ name, summary }) => `${name.padEnd(width)}${summary}`),
    ),
  );
  return [
    "A production environment on AWS, and the checks that it is ready.",
    "",
    "Usage: preflight <command> [options]",
    "       npm run preflight -- <command> [options]",
    ...groups,
    "",
    "preflight <command> --help explains a command, with examples and exit codes.",
    "",
  ].join("\n");
}
