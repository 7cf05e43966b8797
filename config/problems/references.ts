import type { ReportProblem } from "./problem.ts";
import { showPath, showValue } from "./problem.ts";

type Path = readonly (string | number)[];

/** A name that must be one of those which another place of the file defines. */
export interface Reference {
  /** Where the name is used. */
  readonly path: Path;
  readonly name: string;
  /** The names that are defined; [] while there is none. */
  readonly known: readonly string[];
  /** Where a missing name is added, in one sentence. */
  readonly fix: string;
}

/** Reports a name that nothing defines, with those that are defined. */
export function mustExist({ path, name, known, fix }: Reference, report: ReportProblem): void {
  if (known.includes(name)) return;
  report({
    path,
    found: showValue(name),
    allowed: known.length === 0 ? "none exists yet" : `one of ${known.join(", ")}`,
    fix,
  });
}

/** A text that no other of its kind may repeat. */
export interface UniqueValue {
  readonly path: Path;
  readonly value: string;
  /** Whose value it is, where the path has only a number for that; absent: the path says enough. */
  readonly holder?: string;
}

/** The texts of a list; `key` is the field of each entry that has them, absent where the entries are texts themselves. */
export function valuesAt(path: Path, values: readonly string[], key?: string): readonly UniqueValue[] {
  return values.map((value, position) => ({ path: [...path, position, ...(key === undefined ? [] : [key])], value }));
}

/** Reports every value that stands further up already, with the place of the first; `fix` says which of the two changes. */
export function mustBeUnique(values: readonly UniqueValue[], fix: string, report: ReportProblem): void {
  const firsts = new Map<string, UniqueValue>();
  const of = ({ holder }: UniqueValue) => (holder === undefined ? "" : ` of ${holder}`);
  for (const entry of values) {
    const first = firsts.get(entry.value);
    if (first === undefined) {
      firsts.set(entry.value, entry);
      continue;
    }
    report({
      path: entry.path,
      found: `${showValue(entry.value)}${of(entry)}, already in ${showPath(first.path)}${of(first)}`,
      allowed: "each once",
      fix,
    });
  }
}
