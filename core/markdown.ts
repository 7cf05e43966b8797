/** A code span as it is written: as many back-ticks before it as behind it. */
const CODE_SPAN = /(?<!`)(`+)(?!`)([^]*?[^`])\1(?!`)/;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Plain words, so that they are read as they are written. */
const escapeWords = (text: string): string =>
  text
    .replaceAll(/[\\`*~]|\](?=\()/g, "\\$&")
    // Inside a word an underscore is an underscore.
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replaceAll(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);

/** Longest run of back-ticks in a text. */
const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));

/**
 * A text as Markdown that shows just that text: `<…>` stays visible, and no sign makes emphasis, a link or HTML. Only code in
 * back-ticks stays code, for that is how our texts write it.
 */
export function prose(text: string): string {
  const [before = "", ticks, inside] = text.split(CODE_SPAN, 3);
  if (ticks === undefined || inside === undefined) return escapeWords(text);
  const code = `${ticks}${inside}${ticks}`;
  return `${escapeWords(before)}${code}${prose(text.slice(before.length + code.length))}`;
}

/** A text as code, on one line; it may hold back-ticks itself. Empty text is no code. */
export function code(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, " ");
  if (line === "") return "";
  const ticks = "`".repeat(longestRun(line) + 1);
  // A reader takes one space off both ends when there is one at both.
  const pad = /^`|`$|^ .* $/.test(line) ? " " : "";
  return `${ticks}${pad}${line}${pad}${ticks}`;
}

/** What ends a cell otherwise: lines, and bars, also in code. A bar behind an odd number of backslashes needs one more. */
const cell = (markdown: string): string =>
  markdown
    .trim()
    .replaceAll(/\s*\n\s*/g, " ")
    .replaceAll(/(\\*)\|/g, (_, slashes: string) => `${slashes}${slashes.length % 2 === 0 ? "" : "\\"}\\|`);

/** A row of a table from cells that are Markdown on their own: {@link prose}, {@link code}, a link. */
export function row(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(" | ")} |`;
}

/** Lines of a block of code in a language; nothing in the text can end it. */
export function fence(text: string, language: string): string[] {
  const ticks = "`".repeat(Math.max(3, longestRun(text) + 1));
  return [`${ticks}${language}`, ...text.split("\n"), ticks];
}
