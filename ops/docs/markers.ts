import { UserError } from "../../cli/errors.ts";

/** Puts a generated part between its markers; throws when the text does not have them exactly once each, in order. */
export function withPart(text: string, part: string, content: string): string {
  const begin = `<!-- generated:${part} -->\n`;
  const end = `<!-- end:${part} -->`;
  const [head, rest, ...more] = text.split(begin);
  const [, tail, ...others] = rest?.split(end) ?? [];
  if (head === undefined || tail === undefined || more.length > 0 || others.length > 0) {
    throw new UserError(
      "markers-missing",
      `The text must have one line ${begin.trim()} and, below it, one line ${end}.`,
    );
  }
  return `${head}${begin}\n${content}\n\n${end}${tail}`;
}
