import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { UserError } from "../../cli/errors.ts";
import type { Component } from "./graph.ts";

/** Where a component is written, and what its comment says first. */
export interface Source {
  /** Path below the repository's root, with forward slashes. */
  readonly file: string;
  /** First sentence of the class's comment. */
  readonly promise: string;
}

/** First sentence of the comment that stands right above the class; undefined without one. */
export function promiseOf(text: string, className: string): string | undefined {
  const before = text.split(new RegExp(`^export class ${className}\\b`, "m"))[0] ?? "";
  const comment = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*$/.exec(before)?.[1];
  const words = comment
    ?.replaceAll(/^\s*\* ?/gm, "")
    .replaceAll(/\{@link (\w+)\}/g, "$1")
    .replaceAll(/\s+/g, " ")
    .trim();
  return words === undefined ? undefined : (/^.*?\.(?= |$)/.exec(words)?.[0] ?? words);
}

/** The class that registers itself under a token: the last one that begins before it. A token outlives its class's name. */
function classOf(text: string, token: string): string {
  const before = text.slice(0, text.indexOf(`super("${token}"`));
  return [...before.matchAll(/^export class (\w+)/gm)].at(-1)?.[1] ?? token;
}

/** Finds components below `root` by their type tokens; throws for one that no file names, or that does not say what it is. */
export function sourcesIn(root: string): (component: Component) => Source {
  const files = globSync("components/**/*.ts", { cwd: root })
    .map((file) => file.replaceAll("\\", "/"))
    .toSorted();
  const texts = files.map((file) => ({ file, text: readFileSync(join(root, file), "utf8") }));
  return ({ area, className }) => {
    const token = `preflight:${area}:${className}`;
    const found = texts.find(({ text }) => text.includes(`super("${token}"`));
    if (found === undefined)
      throw new UserError("component-unknown", `No file below components/ has a class of type ${token}.`);
    const written = classOf(found.text, token);
    const promise = promiseOf(found.text, written);
    if (promise === undefined)
      throw new UserError("component-unexplained", `${found.file}: ${written} has no comment that says what it is.`);
    return { file: found.file, promise };
  };
}
