import type { Terminal } from "./confirm.ts";
import type { Option, Positional, Values } from "./options.ts";
import { holdsValues } from "./options.ts";

/** Streams and surroundings of a run: the process's own, or those of a test. */
export interface Io extends Terminal {
  /** Folder of the project that the commands belong to; for a command with an option `root`, the folder that this names. */
  readonly home: string;
  /** For what was asked: a report, a list, JSON. */
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  /** For everything that is said beside it. */
  readonly notes: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  /** Variables of the process. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** What a command is about to change. */
export interface Plan {
  /** One line each. */
  readonly steps: readonly string[];
  /** What the user is asked before, with a question mark. */
  readonly question: string;
}

/** What the frame does for a command while it runs. */
export interface Context extends Io {
  /** Words for another program, see {@link CommandSpec.passesOn}. */
  readonly rest: readonly string[];
  /** Whether to look only; for a command that has to look more closely then. What changes anything stands in `act`. */
  readonly dryRun: boolean;
  /** Says on a terminal how far the command is, after a second; answers what takes the line away. */
  readonly progress: (describe: () => string) => () => void;
  /**
   * Shows a plan, asks and then acts; answers what acting answers. Under `--dry-run` it only shows, and answers 0; under
   * `--yes` it does not ask. For commands that declare what they change. With `--json` the plan is `{"steps": [...]}`.
   */
  readonly act: (plan: Plan, perform: () => Promise<number>) => Promise<number>;
}

export interface Example {
  /** As it is typed. */
  readonly command: string;
  readonly says: string;
}

/** A command as it is written down; {@link defineCommand} makes one of it. */
export interface CommandSpec<
  O extends Readonly<Record<string, Option<unknown>>>,
  P extends Readonly<Record<string, Positional<unknown>>>,
> {
  readonly name: string;
  /** Heading in the list of commands. */
  readonly group: string;
  /** One line for the list. */
  readonly summary: string;
  /** More for its own help, by paragraphs; absent: the summary is enough. */
  readonly details?: readonly string[];
  /** The npm script that is short for it. */
  readonly script: string;
  /**
   * An option called `json` also makes the frame print problems as JSON; one called `root` names another folder for the
   * project, where environments are looked for too.
   */
  readonly options: O;
  readonly positionals: P;
  /**
   * For a command that hands words on to another program. "unknown" hands on what the frame does not know, "all" everything
   * from the first word that is no option. An option near one of the frame's is refused instead. `--json` is the other
   * program's, and makes the frame print problems as JSON as well.
   */
  readonly passesOn?: {
    /** What stands behind the command's name in its usage. */
    readonly usage: string;
    readonly says: string;
    readonly what: "unknown" | "all";
  };
  /**
   * What it changes, for a command that changes anything: it gets `--dry-run`. "here" asks before, and has `--yes`;
   * "elsewhere" leaves the question to the program behind it; "never" is for files that a checkout has another time, and
   * shows its plan under `--dry-run` alone.
   */
  readonly changes?: { readonly what: string; readonly asks: "here" | "elsewhere" | "never" };
  readonly examples: readonly [Example, ...Example[]];
  /** What each exit code means. */
  readonly exits: Readonly<Record<number, string>>;
  /** Answers the exit code; throws a `UserError` for what the user can mend. */
  readonly run: (values: Values<O> & Values<P>, context: Context) => Promise<number>;
}

/** A command whose values are not known by their types, as the frame handles all of them. */
export interface Command
  extends Omit<
    CommandSpec<Readonly<Record<string, Option<unknown>>>, Readonly<Record<string, Positional<unknown>>>>,
    "options" | "positionals" | "run"
  > {
  readonly options: Readonly<Record<string, Option<unknown>>>;
  readonly positionals: Readonly<Record<string, Positional<unknown>>>;
  readonly run: (values: object, context: Context) => Promise<number>;
}

/** Writes a command down; the types of its values follow from its options and positionals. */
export function defineCommand<
  const O extends Readonly<Record<string, Option<unknown>>>,
  const P extends Readonly<Record<string, Positional<unknown>>>,
>(spec: CommandSpec<O, P>): Command {
  return {
    ...spec,
    run: (values, context) => {
      if (!holdsValues(values, spec.options) || !holdsValues(values, spec.positionals))
        throw new Error(`${spec.name} was started without values for all its options`);
      return spec.run(values, context);
    },
  };
}
