import type { Paint, Tone } from "../../cli/output.ts";
import type { Check, Line, Subject, Verdict } from "./check.ts";
import { SUBJECTS } from "./check.ts";
import type { Policy } from "./policy.ts";
import { missingPolicy } from "./policy.ts";

/** A line with the check that it comes from. */
export interface Finding extends Line {
  readonly check: Pick<Check, "id" | "subject" | "source" | "requirements">;
}

/** What is reported. */
export interface Report {
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  readonly findings: readonly Finding[];
}

/** From what matters most. */
const VERDICTS = ["blocks", "unknown", "advice", "ok"] as const satisfies readonly Verdict[];

const WORDS: Readonly<Record<Verdict, string>> = { blocks: "blocks", unknown: "not asked", advice: "advice", ok: "ok" };

const TONES: Readonly<Record<Verdict, Tone>> = { blocks: "bad", unknown: "unsure", advice: "note", ok: "good" };

const rank = (verdict: Verdict) => VERDICTS.indexOf(verdict);

/** How many lines there are of each verdict. */
export function countsOf(findings: readonly Finding[]): Readonly<Record<Verdict, number>> {
  const count = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length;
  return { blocks: count("blocks"), unknown: count("unknown"), advice: count("advice"), ok: count("ok") };
}

/** Subjects with their lines: what blocks comes first, then the order of subjects and checks. */
function groupsOf(findings: readonly Finding[]): readonly (readonly [Subject, readonly Finding[]])[] {
  const groups = SUBJECTS.map(
    (subject) =>
      [
        subject,
        findings.filter(({ check }) => check.subject === subject).toSorted((a, b) => rank(a.verdict) - rank(b.verdict)),
      ] as const,
  ).filter(([, members]) => members.length > 0);
  const worst = ([, members]: (typeof groups)[number]) => (members.some(({ verdict }) => verdict === "blocks") ? 0 : 1);
  return groups.toSorted((a, b) => worst(a) - worst(b));
}

/** Columns of verdict, subject, needed and found, and what stands between them. */
const GAP = 2;
const VERDICT_COLUMNS = 9;

/** A long word's parts: it may break behind its own signs, and anywhere where it has none. */
const partsOf = (word: string, width: number) =>
  word.split(/(?<=[/:,-])/).flatMap((part) => part.match(new RegExp(`.{1,${width}}`, "g")) ?? []);

/** Breaks text at spaces, and a word that is longer than the width within. */
function broken(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    for (const [position, part] of (word.length > width ? partsOf(word, width) : [word]).entries()) {
      const gap = line === "" || position > 0 ? "" : " ";
      if (line.length + gap.length + part.length > width) {
        lines.push(line);
        line = part;
      } else line += gap + part;
    }
  }
  return [...lines, line];
}

/** Lines of a check that nobody could ask for one reason, as one. */
function merged(findings: readonly Finding[]): Finding[] {
  const groups = Map.groupBy(findings, ({ verdict, check, what, found, todo }) =>
    JSON.stringify(verdict === "unknown" ? [check.id, found, todo] : [check.id, what]),
  );
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : {
          ...first,
          what: [first, ...others].map(({ what }) => what).join(", "),
          needed: others.every(({ needed }) => needed === first.needed)
            ? first.needed
            : "what the stack file says of each",
        },
  );
}

/** A line of the table, over as many rows as its fullest column takes, and what to do below it. */
function rowsOf({ verdict, what, needed, found, todo }: Finding, width: number, paint: Paint): string[] {
  const rest = width - VERDICT_COLUMNS - 3 * GAP;
  const columns = [
    { text: what, width: Math.floor(rest * 0.3) },
    { text: needed, width: Math.floor(rest * 0.35) },
    { text: found, width: Math.floor(rest * 0.35) },
  ];
  const cells = columns.map((column) => broken(column.text, column.width));
  const height = Math.max(...cells.map((cell) => cell.length));
  const indent = " ".repeat(VERDICT_COLUMNS + GAP);
  const rows = Array.from({ length: height }, (_, row) => {
    const head =
      row === 0 ? paint(TONES[verdict], WORDS[verdict].padEnd(VERDICT_COLUMNS)) : " ".repeat(VERDICT_COLUMNS);
    const texts = columns.map((column, position) => (cells[position]?.[row] ?? "").padEnd(column.width));
    return [head, ...texts].join(" ".repeat(GAP)).trimEnd();
  });
  if (todo === undefined) return rows;
  return [
    ...rows,
    ...broken(`do: ${todo}`, width - indent.length - 4).map((line, row) => indent + (row === 0 ? line : `    ${line}`)),
  ];
}

function summaryOf(findings: readonly Finding[]): string {
  const { blocks, unknown, advice, ok } = countsOf(findings);
  const verdict =
    blocks > 0
      ? `${blocks} ${blocks === 1 ? "thing blocks" : "things block"} the next up`
      : "Nothing that was asked blocks the next up";
  return `${verdict}; ${unknown} could not be asked, ${advice} to consider, ${ok} ok.`;
}

/** The report for people, in at most `width` columns. */
export function textReport(report: Report, width: number, paint: Paint): string {
  const { environment, accountId, region, findings } = report;
  const titles = `${"verdict".padEnd(VERDICT_COLUMNS)}  what, needed, found; below it what to do`;
  const missing = missingPolicy(findings);
  return [
    paint("title", `Account ${accountId} for ${environment} (${region})`),
    "",
    paint("faint", titles),
    ...groupsOf(findings).flatMap(([subject, members]) => [
      "",
      paint("title", subject),
      ...merged(members).flatMap((member) => rowsOf(member, width, paint)),
    ]),
    ...(missing === undefined
      ? []
      : ["", paint("title", "Rights that were missing"), JSON.stringify(missing, undefined, 2)]),
    "",
    summaryOf(findings),
    "",
  ].join("\n");
}

/** The report for programs. */
export function jsonReport({ findings, ...about }: Report): string {
  const document: object = {
    ...about,
    summary: countsOf(findings),
    findings: findings.map(({ check, ...line }) => ({ ...check, ...line })),
    missingPolicy: (missingPolicy(findings) satisfies Policy | undefined) ?? null,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
