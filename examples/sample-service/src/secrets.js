import { readFile } from "node:fs/promises";

async function fileOf(variable) {
  const file = process.env[`${variable}_FILE`];
  if (file === undefined) return undefined;
  const value = (await readFile(file, "utf8")).trim();
  return value === "" ? undefined : value;
}

/**
 * The values of a secret that are good now: the current one first, then the one before. They stand in files that
 * `<NAME>_FILE` and `<NAME>_PREVIOUS_FILE` name, and are read whenever they are needed: a renewed value arrives without a
 * restart. On a developer's machine the variable itself may hold the value.
 */
export async function secretValues(name) {
  const current = (await fileOf(name)) ?? process.env[name];
  const previous = await fileOf(`${name}_PREVIOUS`).catch((error) => {
    // There is none before the first renewal.
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return [current, previous].filter((value) => value !== undefined);
}
