import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A block of shell commands of a page. */
export interface GuideBlock {
  /** Line of the page on which it begins. */
  readonly line: number;
  /** "run": against an emulator of AWS; "parse": by the models of the programs; undefined: the page says nothing. */
  readonly mark: "run" | "parse" | undefined;
  /** Its text, without the indentation of a list. */
  readonly text: string;
}

/** All blocks of shell of a page of the documents; a comment in front (`guide:run`, `guide:parse`) says how they are tested. */
export function blocksOf(page: string): GuideBlock[] {
  const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", page), "utf8");
  const found = text.matchAll(/(?:<!-- guide:(run|parse) -->\n)?^( *)```sh\n(.*?)^ *```$/gms);
  return [...found].map(({ index, 1: mark, 2: indent = "", 3: content = "" }) => ({
    line: text.slice(0, index).split("\n").length,
    mark: mark === "run" || mark === "parse" ? mark : undefined,
    text: content.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
}

/** Commands of a page that begin with a program, from its blocks and from the code in its sentences; a line each. */
export function commandsOf(page: string, program: string): string[] {
  const prose = readFileSync(join(import.meta.dirname, "..", "..", "docs", page), "utf8");
  const inSentences = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
  const inBlocks = blocksOf(page).flatMap(({ text }) => text.replaceAll("\\\n", " ").split("\n"));
  const within = new RegExp(`(?:^|\\$\\()(${program} [^)|]*)`);
  return [...inBlocks, ...inSentences].flatMap((line) => within.exec(line.trim())?.[1]?.trim() ?? []);
}

/** A command's words as a shell would split them; variables stay as they are written. */
export const wordsOf = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? "",
  );
