import { styleText } from "node:util";

export type Tone = "title" | "bad" | "unsure" | "note" | "good" | "faint";

const FORMATS = {
  title: "bold",
  bad: ["red", "bold"],
  unsure: ["yellow", "bold"],
  note: "cyan",
  good: "green",
  faint: "dim",
} as const satisfies Record<Tone, Parameters<typeof styleText>[0]>;

/** Gives text a tone on a terminal, and leaves it as it is elsewhere. */
export type Paint = (tone: Tone, text: string) => string;

export const plain: Paint = (_tone, text) => text;

export const colored: Paint = (tone, text) => styleText([FORMATS[tone]].flat(), text, { validateStream: false });

/** Columns of a stream; the standard where it tells none, or 0 as the terminals of some pipelines do. */
export function columnsOf({ columns }: { readonly columns?: number }, standard: number): number {
  return columns === undefined || columns < 1 ? standard : columns;
}

/** Colour only where a person looks, and not where NO_COLOR asks for none. */
export function paintFor(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Paint {
  const refused = environment["NO_COLOR"] !== undefined && environment["NO_COLOR"] !== "";
  return stream.isTTY === true && !refused ? colored : plain;
}

/** Breaks a list of words into lines of at most `width` characters, with an indent. */
export function wrap(parts: readonly string[], separator: string, indent: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const [position, part] of parts.entries()) {
    const text = position === parts.length - 1 ? part : part + separator;
    if (line !== "" && indent.length + line.length + text.trimEnd().length > width) {
      lines.push(indent + line.trimEnd());
      line = "";
    }
    line += text;
  }
  return line === "" ? lines : [...lines, indent + line.trimEnd()];
}
