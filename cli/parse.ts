import * as commander from "commander";

import { nearest } from "../core/nearest.ts";
import type { Command } from "./command.ts";
import { UserError } from "./errors.ts";

/** A command line, read. */
export interface Given {
  readonly help: boolean;
  /** Values of options and positionals by their keys; none when help is asked for. */
  readonly values: Readonly<Record<string, unknown>>;
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
  const known = parser.options.flatMap(({ long }) => long ?? []);
  if (value !== undefined && known.includes(word)) return new UserError("invalid-value", `${word} takes no value.`);
  const guess = nearest(word, [...known, "--help"]);
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

const NOTHING: Given = { help: false, values: {}, rest: [], dryRun: false, yes: false };

/** Reads a command line; throws a {@link UserError} for what is wrong with it. */
export function parse(command: Command, words: readonly string[]): Given {
  const parser = parserOf(command);
  try {
    parser.parse(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof commander.CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed") return { ...NOTHING, help: true };
    throw explain(command, parser, error);
  }
  const typed = (key: string): unknown => parser.getOptionValue(key);
  const values: Record<string, unknown> = {};
  for (const [key, option] of Object.entries(command.options)) values[key] = option.read(typed(key), flagOf(key));
  let rest = parser.args;
  for (const [key, { takes, read }] of Object.entries(command.positionals)) {
    const taken = takes === "all" ? rest : rest.slice(0, 1);
    values[key] = read(taken);
    rest = rest.slice(taken.length);
  }
  return { help: false, values, rest, dryRun: typed("dryRun") === true, yes: typed("yes") === true };
}

/** Whether a command line asks for JSON; answered without reading the rest of it, which may be what is wrong. */
export function wantsJson({ options }: Pick<Command, "options">, words: readonly string[]): boolean {
  if (!("json" in options)) return false;
  const own = words.includes("--") ? words.slice(0, words.indexOf("--")) : words;
  if (own.includes("--json")) return true;
  return "format" in options && / --format[= ]json /.test(` ${own.join(" ")} `);
}
