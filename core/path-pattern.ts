/** A path as it stands in a regular expression; of the characters that our paths may have only the dot means anything there. */
const quoted = (path: string) => path.toLowerCase().replaceAll(".", "\\.");

/**
 * A regular expression for paths that begin with one of these texts, in small letters. A text that does not end with a
 * slash is a path of its own: `/api/events` is itself and what is below it, and not `/api/events-of-others`.
 */
export function wholePathPattern(paths: readonly string[]): string {
  return `^(${paths.map((path) => (path.endsWith("/") ? quoted(path) : `${quoted(path)}(/|$)`)).join("|")})`;
}

/** A regular expression for paths that begin with one of these texts, in small letters, whatever follows. */
export function pathPattern(prefixes: readonly string[]): string {
  return `^(${prefixes.map(quoted).join("|")})`;
}
