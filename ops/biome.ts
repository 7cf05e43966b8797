import { createRequire } from "node:module";

import { UserError } from "../cli/errors.ts";

/** Biome's own launcher, to be run by Node: it finds the binary of this machine. Throws a {@link UserError} without one. */
export function biome(): string {
  try {
    return createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  } catch {
    throw new UserError("formatter-missing", "@biomejs/biome is not installed.", "Run npm ci.");
  }
}
