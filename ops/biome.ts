import { createRequire } from "node:module";

/** Biome's own launcher, to be run by Node: it finds the binary of this machine. */
export const BIOME = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
