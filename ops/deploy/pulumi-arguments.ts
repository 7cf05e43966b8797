import { checkEnvironment } from "../../cli/environments.ts";
import { UserError } from "../../cli/errors.ts";
import { configurationFile } from "../../standards/configuration-file.ts";

/** What the wrapper knows of its surroundings; passed in, so that the planning is pure. */
export interface Surroundings {
  /** PULUMI_STACK, if set. */
  readonly stackFromEnvironment: string | undefined;
  /** Names of all stack files. */
  readonly environments: readonly string[];
}

/** How the CLI is run, with what the user must be told before. */
export interface Invocation {
  readonly arguments: readonly string[];
  /** Whether it judges resources, with the pack; words of all other commands may be secrets, and are not to be shown. */
  readonly judges: boolean;
  readonly note?: string;
}

/** Commands that judge resources and so must have the pack. */
const JUDGED = new Set(["up", "update", "preview", "pre", "watch"]);

const PACK = "policies";

/** Refuses flags before a command that judges: whether one of them has a value, and so which word is the command, the CLI alone knows. */
function refuseLateCommand([first = "", ...rest]: readonly string[]): void {
  const late = first.startsWith("-") ? rest.find((word) => JUDGED.has(word)) : undefined;
  if (late === undefined) return;
  throw new UserError(
    "command-not-first",
    `${first} stands before ${late}, which needs the policy pack.`,
    `Put the command first: preflight pulumi ${late} --stack <environment> ${first} ...`,
  );
}

/** The stacks named by `--stack X`, `--stack=X`, `-s X`, `-s=X`, `-sX`, in their order. */
function stacksIn(words: readonly string[]): string[] {
  return words.flatMap((word, position) => {
    if (word === "--stack" || word === "-s") return words[position + 1] ?? [];
    return /^(?:--stack=|-s=?(?=[^-]))(.+)$/.exec(word)?.[1] ?? [];
  });
}

/** `org/project/staging` is the stack file Pulumi.staging.yaml. */
const environmentOf = (stack: string) => stack.split("/").at(-1) ?? stack;

/**
 * The CLI's arguments for what the user typed: `up staging` names the stack, and every command that judges gets the pack
 * and the configuration of it that the stack's name decides. Flags of the user come last, so that they win.
 * Throws a {@link UserError} when the environment is not named, or does not exist: the CLI would make a stack of that name.
 */
export function pulumiArguments(
  words: readonly string[],
  { stackFromEnvironment, environments }: Surroundings,
): Invocation {
  const [command = "", ...rest] = words;
  if (!JUDGED.has(command)) {
    refuseLateCommand(words);
    return { arguments: words, judges: false };
  }
  const [first] = rest;
  const named = first !== undefined && !first.startsWith("-") ? first : undefined;
  const flags = named === undefined ? rest : rest.slice(1);
  const positional = [named, flags[0]].flatMap((word) => (word === undefined || word.startsWith("-") ? [] : [word]));
  const second = positional.slice(1).filter((word) => environments.includes(word));
  const stacks = [...positional.slice(0, 1), ...second, ...stacksIn(rest)];
  // The CLI takes the last one, while the pack would be configured for the first.
  const [environment = environmentOf(stackFromEnvironment ?? ""), ...others] = new Set(stacks.map(environmentOf));
  if (others.length > 0) {
    const names = [environment, ...others].join(", ");
    throw new UserError("several-environments", `Several environments are named: ${names}. Name one.`);
  }
  if (environment === "") {
    // Alone, the word is no value of a flag: the CLI explains itself and judges nothing.
    if (rest.length === 1 && (rest[0] === "--help" || rest[0] === "-h")) return { arguments: words, judges: false };
    throw new UserError(
      "missing-environment",
      `Say which environment: npm run up -- staging, or npm run pulumi -- ${command} --stack staging.`,
    );
  }
  checkEnvironment(environment, environments);
  const { file, note } = configurationFile(environment);
  return {
    arguments: [
      command,
      ...(named === undefined ? [] : ["--stack", named]),
      "--policy-pack",
      PACK,
      "--policy-pack-config",
      `${PACK}/${file}`,
      ...flags,
    ],
    judges: true,
    ...(note === undefined ? {} : { note }),
  };
}
