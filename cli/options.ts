import { nearest } from "../core/nearest.ts";
import { checkEnvironment, chooseEnvironments, environmentsOf } from "./environments.ts";
import { UserError } from "./errors.ts";

/** Something whose values are recognised. */
export interface Recognised<T> {
  readonly is: (value: unknown) => value is T;
}

/** An option of a command; its key in the definition is its name (`dryRun` is `--dry-run`). */
export interface Option<T> extends Recognised<T> {
  /** What its value is, as help shows it: FILE. Absent for a switch, which takes none. */
  readonly placeholder?: string;
  /** One line for help. */
  readonly says: string;
  /** What holds without it, as help shows it; absent: nothing, or off. */
  readonly standard?: string;
  /** The value of what was typed; a switch gets `true`, an option that was not given `undefined`. */
  readonly read: (typed: unknown, name: string) => T;
}

/** Words of a command that are no options, in their order. */
export interface Positional<T> extends Recognised<T> {
  readonly says: string;
  /** Whether it takes one word, which must be there, or all that are left, which may be none. */
  readonly takes: "one" | "all";
  /** The value of the words; `project` is the folder of Pulumi.yaml. */
  readonly read: (words: readonly string[], project: string) => T;
}

type Recognisable = Readonly<Record<string, Recognised<unknown>>>;

/** What a command is handed of options or positionals: their values by the same keys. */
export type Values<R extends Recognisable> = {
  readonly [K in keyof R]: R[K] extends Recognised<infer T> ? T : never;
};

/** Whether a record holds a value for every definition. */
export function holdsValues<R extends Recognisable>(record: object, definitions: R): record is Values<R> {
  const values = new Map<string, unknown>(Object.entries(record));
  return Object.entries(definitions).every(([key, definition]) => definition.is(values.get(key)));
}

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number";

/** An option with a value: undefined when it is not given. */
function valued<T>(
  placeholder: string,
  says: string,
  { is, parse }: Recognised<T> & { readonly parse: (text: string, name: string) => T },
): Option<T | undefined> {
  return {
    placeholder,
    says,
    is: (value): value is T | undefined => value === undefined || is(value),
    read: (typed, name) => (isText(typed) ? parse(typed, name) : undefined),
  };
}

const refuse = (name: string, text: string, allowed: string) =>
  new UserError("invalid-value", `${name} is "${text}"; ${allowed}.`);

/** A switch: on when it is given. */
export function flag(says: string): Option<boolean> {
  return { says, is: (value) => typeof value === "boolean", read: (typed) => typed === true };
}

/** Any text but none, for instance the path of a file. */
export function text(placeholder: string, says: string): Option<string | undefined> {
  return valued(placeholder, says, {
    is: isText,
    parse: (typed, name) => {
      if (typed === "") throw refuse(name, typed, "it must not be empty");
      return typed;
    },
  });
}

/** One of several words. */
export function choice<const T extends string>(words: readonly T[], says: string): Option<T | undefined> {
  const find = (value: unknown) => words.find((word) => word === value);
  return valued(words.join("|"), says, {
    is: (value): value is T => find(value) !== undefined,
    parse: (typed, name) => {
      const found = find(typed);
      if (found === undefined) throw refuse(name, typed, `there are ${words.join(", ")}`);
      return found;
    },
  });
}

/** A number above 0, at most `most`; `unit` says of what. */
export function amount(placeholder: string, says: string, unit: string, most: number): Option<number | undefined> {
  return valued(placeholder, says, {
    is: isNumber,
    parse: (typed, name) => {
      const number = typed.trim() === "" ? Number.NaN : Number(typed);
      if (!(number > 0 && number <= most))
        throw refuse(name, typed, `it must be a number of ${unit} above 0, at most ${most}`);
      return number;
    },
  });
}

function wholeNumber(typed: string, whole: string, name: string, allowed: string): number {
  const number = typed.trim() === "" ? Number.NaN : Number(typed);
  if (!Number.isSafeInteger(number) || number < 1) throw refuse(name, whole, allowed);
  return number;
}

/** A whole number above 0. */
export function count(placeholder: string, says: string): Option<number | undefined> {
  return valued(placeholder, says, {
    is: isNumber,
    parse: (typed, name) => wholeNumber(typed, typed, name, "it must be a whole number above 0"),
  });
}

/** Whole numbers above 0 with commas between them. */
export function counts(placeholder: string, says: string): Option<readonly number[] | undefined> {
  return valued(placeholder, says, {
    is: (value): value is readonly number[] => Array.isArray(value) && value.every(isNumber),
    parse: (typed, name) =>
      typed
        .split(",")
        .map((part) => wholeNumber(part, typed, name, "it must be whole numbers above 0 with commas between them")),
  });
}

/** Gives an option a value for when it is not given. */
export function otherwise<T>(option: Option<T | undefined>, standard: T): Option<T> {
  return {
    ...option,
    standard: String(standard),
    is: (value): value is T => value !== undefined && option.is(value),
    read: (typed, name) => option.read(typed, name) ?? standard,
  };
}

/** A word of a few, for a command that does several things. */
export function oneWord<const T extends string>(words: readonly T[], says: string): Positional<T> {
  const find = (value: unknown) => words.find((word) => word === value);
  return {
    says,
    takes: "one",
    is: (value): value is T => find(value) !== undefined,
    read: ([typed = ""]) => {
      const found = find(typed);
      if (found !== undefined) return found;
      const guess = nearest(typed, words);
      const hint = guess === undefined ? `There is: ${words.join(", ")}.` : `Did you mean ${guess}?`;
      throw new UserError("unknown-word", `"${typed}" is nothing that it does. ${hint}`);
    },
  };
}

/** One environment, which has a stack file. */
export function environment(says: string): Positional<string> {
  return {
    says,
    takes: "one",
    is: isText,
    read: ([word = ""], project) => {
      checkEnvironment(word, environmentsOf(project));
      return word;
    },
  };
}

/** The environments that are named, each once, or all there are; each has a stack file. */
export function environments(says: string): Positional<readonly string[]> {
  return {
    says,
    takes: "all",
    is: (value): value is readonly string[] => Array.isArray(value) && value.every(isText),
    read: (words, project) => chooseEnvironments(project, words),
  };
}
