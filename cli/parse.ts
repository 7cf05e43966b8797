import { resolve } from "node:path";
import * as commander from "commander";

import { nearest } from "../core/nearest.ts";
import type { Command } from "./command.ts";
import { UserError } from "./errors.ts";

/** A command line, read. */
export interface Given {
  readonly help: boolean;
  /** Values of options and positionals by their keys; none when help is asked for. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Folder of the project: the value of an option `root`, or the one that was handed in. */
  readonly project: string;
  /** Words for another program. */
  readonly rest: readonly string[];
  readonly dryRun: boolean;
  readonly yes: boolean;
}

const ALL = "--help lists them all.";

/** How an option is typed: `dryRun` is `--dry-run`. */
export const flagOf = (key: string): string => `--${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The library's parser for a command; also the writer of the first part of its help. */
export function parserOf(command: Command): commander.Command {
  const { name, options, positionals, passesOn, changes } = command;
  const parser = new commander.Command(`preflight ${name}`)
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    .helpOption("-h, --help", "show this");
  for (const [key, { placeholder, says, standard }] of Object.entries(options)) {
    const value = placeholder === undefined ? "" : ` <${placeholder}>`;
    parser.option(`${flagOf(key)}${value}`, standard === undefined ? says : `${says} (${standard})`);
  }
  if (changes !== undefined) parser.option("--dry-run", "show what would be done, and do nothing");
  if (changes?.asks === "here") parser.option("--yes", "do not ask before");
  for (const [key, { says, takes }] of Object.entries(positionals))
    parser.argument(takes === "all" ? `[${key}...]` : `<${key}>`, says);
  if (passesOn !== undefined) {
    parser.argument("[words...]", passesOn.says).allowUnknownOption();
    if (passesOn.what === "all") parser.passThroughOptions();
  }
  return parser;
}

function explainUnknown(parser: commander.Command, typed: string): UserError {
  const [word = "", value] = typed.split("=", 2);
  const known = [...parser.options.flatMap(({ long }) => long ?? []), "--help"];
  if (value !== undefined && known.includes(word)) return new UserError("invalid-value", `${word} takes no value.`);
  const guess = nearest(word, known);
  const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
  return new UserError("unknown-option", `There is no option ${word}.${hint}`, ALL);
}

/** What the library says about a command line, in our words. */
function explain(command: Command, parser: commander.Command, error: commander.CommanderError): UserError {
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? "";
  switch (error.code) {
    case "commander.unknownOption":
      return explainUnknown(parser, quoted);
    case "commander.optionMissingArgument": {
      const [flag = "", value = ""] = quoted.split(" ");
      return new UserError("missing-value", `${flag} needs a value: ${value}.`, ALL);
    }
    case "commander.missingArgument":
      return new UserError("missing-word", `${command.name} needs <${quoted}>.`, "--help explains it.");
    case "commander.excessArguments":
      return new UserError(
        "unexpected-word",
        `${command.name} does not know what to do with "${parser.args.slice(Object.keys(command.positionals).length).join(" ")}".`,
        "--help shows what it takes.",
      );
    default:
      return new UserError("misuse", error.message.replace(/^error: /, ""), ALL);
  }
}

const NOTHING: Omit<Given, "project"> = { help: false, values: {}, rest: [], dryRun: false, yes: false };

/** Words before `--`, which are read, and those behind it with it, which are not. */
function halves(words: readonly string[]): readonly [read: readonly string[], behind: readonly string[]] {
  const end = words.indexOf("--");
  return end < 0 ? [words, []] : [words.slice(0, end), words.slice(end)];
}

/** Refuses an option in the place of a value: the library would take it for one, and act without the option. */
function refuseOptionsAsValues(parser: commander.Command, words: readonly string[]): void {
  for (const [position, word] of words.entries()) {
    const option = parser.options.find(({ long, required }) => required && long === word);
    const next = words[position + 1];
    if (option === undefined || next === undefined || !/^-./.test(next)) continue;
    throw new UserError(
      "missing-value",
      `${option.flags.replace(" ", " needs a value: ")}, but ${next} follows.`,
      `A value that begins with - is typed ${word}=${next}.`,
    );
  }
}

/** Refuses what is most likely an option of ours with a wrong letter or a value: another program would not look, but act. */
function refuseNearOptions(parser: commander.Command, words: readonly string[]): void {
  const known = [...parser.options.flatMap(({ long }) => long ?? []), "--help"];
  for (const typed of words) {
    const [word = ""] = typed.split("=", 1);
    const isKnown = known.includes(word);
    if (!word.startsWith("--") || (isKnown && typed === word)) continue;
    if (isKnown || nearest(word, known) !== undefined) throw explainUnknown(parser, typed);
  }
}

/** The parts of a command line that stand before the words of another program, those words, and what is neither. */
function split({ passesOn }: Command, words: readonly string[]) {
  const [before, behind] = halves(words);
  if (passesOn?.what !== "all") return { own: before, typed: passesOn === undefined ? words : before, behind };
  const first = before.findIndex((word) => !word.startsWith("-"));
  return { own: first < 0 ? before : before.slice(0, first), typed: words, behind: [] };
}

/** Reads a command line of the project at `home`; throws a {@link UserError} for what is wrong with it. */
export function parse(command: Command, words: readonly string[], home: string): Given {
  const parser = parserOf(command);
  const { own, typed: read, behind } = split(command, words);
  try {
    refuseOptionsAsValues(parser, own);
    if (command.passesOn !== undefined) refuseNearOptions(parser, own);
    parser.parse(read, { from: "user" });
  } catch (error) {
    if (!(error instanceof commander.CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed") return { ...NOTHING, project: home, help: true };
    throw explain(command, parser, error);
  }
  const typed = (key: string): unknown => parser.getOptionValue(key);
  const values: Record<string, unknown> = {};
  for (const [key, option] of Object.entries(command.options)) values[key] = option.read(typed(key), flagOf(key));
  const project = typeof values["root"] === "string" ? resolve(values["root"]) : home;
  let rest = parser.args;
  for (const [key, { takes, read }] of Object.entries(command.positionals)) {
    const taken = takes === "all" ? rest : rest.slice(0, 1);
    values[key] = read(taken, project);
    rest = rest.slice(taken.length);
  }
  const [dryRun, yes] = [typed("dryRun") === true, typed("yes") === true];
  return { help: false, values, project, rest: [...rest, ...behind], dryRun, yes };
}

/** Whether a command line asks for JSON; answered without reading the rest of it, which may be what is wrong. */
export function wantsJson(
  { options, passesOn }: Pick<Command, "options" | "passesOn">,
  words: readonly string[],
): boolean {
  if (passesOn === undefined && !("json" in options)) return false;
  // A first `--` only ends the options of a command that hands everything on.
  const [own] = halves(passesOn !== undefined && words[0] === "--" ? words.slice(1) : words);
  if (own.includes("--json")) return true;
  return "format" in options && / --format[= ]json /.test(` ${own.join(" ")} `);
}
