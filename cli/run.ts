import { readFileSync } from "node:fs";
import { join } from "node:path";

import { nearest } from "../core/nearest.ts";
import { isRecord } from "../core/records.ts";
import type { Command, Context, Io, Plan } from "./command.ts";
import { confirm } from "./confirm.ts";
import { errorJson, errorText, messageOf, UserError } from "./errors.ts";
import { helpOf, listOf } from "./help.ts";
import { columnsOf } from "./output.ts";
import type { Given } from "./parse.ts";
import { flagOf, parse, wantsJson } from "./parse.ts";
import { showProgress } from "./progress.ts";
import { shellLine } from "./shell.ts";

/** Exit code of what could not be done at all: a misuse, a missing file, a defect. */
const NOT_DONE = 2;

/** Columns of help where no terminal says otherwise, and at most. */
const WIDTH = 110;

/** Commands by name; each is loaded when it is needed. */
export type Registry = Readonly<Record<string, () => Promise<Command>>>;

function actFor({ name, changes }: Command, { dryRun, yes }: Given, json: boolean, io: Io): Context["act"] {
  return async ({ steps, question }: Plan, perform) => {
    if (changes === undefined) throw new Error(`${name} acts, but does not declare what it changes`);
    const shown = steps.map((step) => `${step}\n`).join("");
    if (dryRun) {
      io.output.write(json ? `${JSON.stringify({ steps })}\n` : shown);
      return 0;
    }
    if (changes.asks !== "never") io.notes.write(shown);
    if (changes.asks === "here" && !yes && !(await confirm(question, { input: io.input, output: io.notes })))
      throw new UserError("not-confirmed", "Nothing was done.");
    return perform();
  };
}

/** A package that is not there is a matter of installing, wherever it is missed. */
function explained(error: unknown): unknown {
  if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) return error;
  const missing = /^Cannot find package '([^']+)'/.exec(error.message)?.[1];
  if (missing === undefined) return error;
  return new UserError("packages-missing", `The packages are not installed: there is no ${missing}.`, "Run npm ci.");
}

/** Prints what kept a command from its work: for people beside the output, for programs as the output. */
function report(thrown: unknown, json: boolean, io: Io): number {
  const error = explained(thrown);
  if (error instanceof UserError) {
    if (json) io.output.write(errorJson(error));
    else io.notes.write(errorText(error));
    return NOT_DONE;
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (json) io.output.write(errorJson({ code: "defect", message: messageOf(error), next: undefined }));
  io.notes.write(`This is a defect of preflight, not of what you typed:\n${details}\n`);
  return NOT_DONE;
}

/** Options whose loss would make a command act that was asked to look. */
const CAUTIOUS = ["dryRun", "check"];

/**
 * Refuses to run when npm kept such an option for itself, as in `npm run up staging --dry-run`: npm hands on what stands
 * behind `--` only, and sets a variable of its own for the rest.
 */
function refuseKeptOptions({ options, changes, script }: Command, words: readonly string[], { variables }: Io): void {
  for (const key of CAUTIOUS) {
    const flag = flagOf(key);
    const isOurs = key in options || (key === "dryRun" && changes !== undefined);
    const isKept = variables[`npm_config_${flag.slice(2).replaceAll("-", "_")}`] === "true";
    if (!isOurs || !isKept || words.includes(flag)) continue;
    throw new UserError(
      "option-kept-by-npm",
      `npm kept ${flag} for itself; nothing was done.`,
      `Put -- before it: npm run ${script} -- ${shellLine([...words, flag])}`,
    );
  }
}

/** Runs a command with the words behind its name; answers the exit code. */
export async function runCommand(command: Command, words: readonly string[], io: Io): Promise<number> {
  try {
    const given = parse(command, words, io.home);
    if (given.help) {
      io.output.write(helpOf(command, Math.min(columnsOf(io.output, WIDTH), WIDTH)));
      return 0;
    }
    refuseKeptOptions(command, words, io);
    return await command.run(given.values, {
      ...io,
      home: given.project,
      rest: given.rest,
      dryRun: given.dryRun,
      progress: (describe) => showProgress(describe, io.notes),
      act: actFor(command, given, wantsJson(command, words), io),
    });
  } catch (error) {
    return report(error, wantsJson(command, words), io);
  }
}

async function list(registry: Registry): Promise<string> {
  return listOf(await Promise.all(Object.values(registry).map((load) => load())));
}

/** Runs `preflight` with its words: finds the command and leaves the rest to it; answers the exit code. */
export async function runProgram(registry: Registry, words: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(registry, words, io);
  } catch (error) {
    return report(error, words.includes("--json"), io);
  }
}

async function dispatch(registry: Registry, words: readonly string[], io: Io): Promise<number> {
  const [first, ...rest] = words;
  if (first === undefined) {
    io.notes.write(await list(registry));
    return NOT_DONE;
  }
  if (first === "--help" || first === "-h" || (first === "help" && rest.length === 0)) {
    io.output.write(await list(registry));
    return 0;
  }
  if (first === "--version") {
    const manifest: unknown = JSON.parse(readFileSync(join(io.home, "package.json"), "utf8"));
    io.output.write(`${isRecord(manifest) ? String(manifest["version"]) : "unknown"}\n`);
    return 0;
  }
  if (first === "help") return dispatch(registry, [...rest, "--help"], io);
  const load = Object.hasOwn(registry, first) ? registry[first] : undefined;
  if (load !== undefined) return runCommand(await load(), rest, io);
  throw unknownWord(first, Object.keys(registry));
}

/** What is wrong with a first word that is no command. An option before a command never means one: commands deploy. */
function unknownWord(first: string, commands: readonly string[]): UserError {
  if (first.startsWith("-")) {
    const guess = nearest(first, ["--help", "--version"]);
    const hint = guess === undefined ? "" : ` Did you mean ${guess}?`;
    return new UserError(
      "unknown-option",
      `There is no option ${first} before a command.${hint}`,
      "--help lists all commands.",
    );
  }
  const guess = nearest(first, commands);
  const hint = guess === undefined ? ` There are: ${commands.join(", ")}.` : ` Did you mean ${guess}?`;
  return new UserError("unknown-command", `There is no command ${first}.${hint}`, "--help lists them all.");
}
