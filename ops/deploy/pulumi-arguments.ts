import { delimiter, join } from "node:path";

import { checkEnvironment } from "../../cli/environments.ts";
import { UserError } from "../../cli/errors.ts";

/** What the wrapper knows of its surroundings; passed in, so that the planning is pure. */
export interface Surroundings {
  /** PULUMI_STACK, if set. */
  readonly stackFromEnvironment: string | undefined;
  /** Names of all stack files. */
  readonly environments: readonly string[];
}

/** The variable that is the flag --policy-pack of every command that has one, wherever the command stands among its flags. */
export const PACK_VARIABLE = "PULUMI_OPTION_POLICY_PACK";

/** The pack's folder, below the project's. */
export const PACK = "policies";

/**
 * What the CLI gets from us, as the project's .envrc brings it: the pack for every command that judges, however it is
 * typed, and the Node that npm ci installed, since the CLI's language host takes the first `node` of PATH.
 */
export function pulumiVariables(home: string, variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = join(home, PACK);
  const others = (variables[PACK_VARIABLE] ?? "")
    .split(",")
    .filter((pack) => pack !== "" && pack !== ours && pack !== PACK);
  return {
    ...variables,
    [PACK_VARIABLE]: [ours, ...others].join(","),
    PATH: [join(home, "node_modules", ".bin"), variables["PATH"] ?? ""].join(delimiter),
  };
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
 * The CLI's arguments for `up` with what the user typed behind it: `staging` names the stack, flags are handed on.
 * Throws a {@link UserError} when no environment is named, several are, or it does not exist: the CLI would make a stack
 * of that name.
 */
export function upArguments(
  words: readonly string[],
  { stackFromEnvironment, environments }: Surroundings,
): readonly string[] {
  const [first] = words;
  const named = first !== undefined && !first.startsWith("-") ? first : undefined;
  const flags = named === undefined ? words : words.slice(1);
  const second = flags.slice(0, 1).filter((word) => environments.includes(word));
  const stacks = [...(named === undefined ? [] : [named]), ...second, ...stacksIn(words)];
  const [environment = environmentOf(stackFromEnvironment ?? ""), ...others] = new Set(stacks.map(environmentOf));
  if (others.length > 0) {
    const names = [environment, ...others].join(", ");
    throw new UserError("several-environments", `Several environments are named: ${names}. Name one.`);
  }
  if (environment === "") {
    throw new UserError("missing-environment", "Say which environment: npm run up -- staging.");
  }
  checkEnvironment(environment, environments);
  return ["up", ...(named === undefined ? [] : ["--stack", named]), ...flags];
}
