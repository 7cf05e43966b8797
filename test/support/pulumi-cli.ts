import recorded from "../guide/pulumi-3.260.0.json" with { type: "json" };

interface Entry {
  readonly flags: readonly string[];
  readonly short: Readonly<Record<string, string>>;
}

const commands = new Map<string, Entry & { readonly aliases: readonly string[] }>(Object.entries(recorded.commands));

/** The name under which the recording has a command that is typed by another: `stack init` is `stack new`. */
function nameOf(typed: string): string | undefined {
  if (commands.has(typed)) return typed;
  const [last = "", ...parents] = typed.split(" ").toReversed();
  const parent = parents.toReversed().join(" ");
  return [...commands].find(
    ([name, { aliases }]) => aliases.includes(last) && name.split(" ").slice(0, -1).join(" ") === parent,
  )?.[0];
}

/** The command that words begin with: the longest that the CLI has. */
export function commandIn(words: readonly string[]): string | undefined {
  const lengths = words.map((_word, position) => position + 1).toReversed();
  for (const length of lengths) {
    const name = nameOf(words.slice(0, length).join(" "));
    if (name !== undefined) return name;
  }
  return undefined;
}

/** What the recorded CLI does not know of a command line; undefined when it knows all of it. */
export function problemOf(words: readonly string[]): string | undefined {
  const name = commandIn(words);
  const own = name === undefined ? undefined : commands.get(name);
  if (name === undefined || own === undefined) return `no command ${words[0] ?? ""}`;
  const all: Entry = recorded.global;
  const known = [own, all].flatMap(({ flags, short }) => [...flags, ...Object.keys(short)]);
  const wrong = words
    .map((word) => word.split("=")[0] ?? "")
    .find((word) => /^--?\w/.test(word) && !known.includes(word));
  return wrong === undefined ? undefined : `no flag ${wrong} of ${name}`;
}
