import { holdsSecret } from "./secret-texts.ts";

/** One thing wrong with a stack file, in the words of the person who has to mend it. */
export interface Problem {
  /** Keys from the top of the settings block down to the value. */
  readonly path: readonly (string | number)[];
  /** What the file says; "nothing" for an absent key. Never the value of a secret. */
  readonly found: string;
  /** What would be accepted, with its unit. */
  readonly allowed: string;
  /** What to do, in one sentence. */
  readonly fix: string;
}

export type ReportProblem = (problem: Problem) => void;

/** A value as a problem shows it; what is a secret by its form is not repeated. */
export function showValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (holdsSecret(value)) return "a secret (not shown)";
  const text = typeof value === "string" ? `"${value}"` : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}

/** `a.b[0].c`, as people write paths. */
export function showPath(path: readonly (string | number)[]): string {
  return path
    .map((key, position) => (typeof key === "number" ? `[${key}]` : position === 0 ? key : `.${key}`))
    .join("");
}

const lines = ({ found, allowed, fix }: Problem) => [`found:   ${found}`, `allowed: ${allowed}`, `do:      ${fix}`];

/** All problems of one stack file as one message, in the order given. */
export function formatProblems(file: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const entries = problems.map((problem) =>
    [`  ${showPath(problem.path)}`, ...lines(problem).map((line) => `    ${line}`)].join("\n"),
  );
  return [`${file}: ${count}; nothing was registered.`, ...entries].join("\n\n");
}

/** Something of one stack file that stops nothing, as a message of its own. */
export function formatWarning(file: string, warning: Problem): string {
  return [`${file}: ${showPath(warning.path)}`, ...lines(warning).map((line) => `  ${line}`)].join("\n");
}
