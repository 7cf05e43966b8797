import type { FactTable } from "./facts.ts";
import data from "./valkey-commands.json" with { type: "json" };

/** A command's access categories, separated by spaces, by its name; a subcommand is `command|subcommand`. */
export type CommandTable = Readonly<Record<string, string>>;

/** What access strings can name, by the engine's major version. */
export const VALKEY_COMMANDS: FactTable & {
  readonly majors: Readonly<Record<string, { readonly server: string; readonly commands: CommandTable }>>;
} = data;
