import { distance } from "fastest-levenshtein";

/** The known name that a misspelt one most likely meant; undefined when none is near. The first wins among equals. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, score: distance(word.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.score - b.score);
  const [best] = ranked;
  return best !== undefined && best.score <= Math.max(2, Math.ceil(word.length / 3)) ? best.name : undefined;
}
