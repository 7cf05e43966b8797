import { join } from "node:path";
import { PassThrough } from "node:stream";

import type { Io } from "../../cli/command.ts";

/** Streams of a test, and what was written to them. */
export interface TestIo extends Io {
  readonly input: PassThrough & { isTTY?: boolean };
  readonly written: () => { readonly output: string; readonly notes: string };
}

/** Surroundings of a command in a test: in this project, without a terminal, unless `isTTY` says otherwise of the input. */
export function testIo({
  home = join(import.meta.dirname, "..", ".."),
  isTTY = false,
  variables = {},
}: {
  home?: string;
  isTTY?: boolean;
  variables?: Io["variables"];
} = {}): TestIo {
  const texts = { output: "", notes: "" };
  const stream = (name: keyof typeof texts) =>
    new PassThrough().setEncoding("utf8").on("data", (text: string) => {
      texts[name] += text;
    });
  return {
    home,
    input: Object.assign(new PassThrough(), { isTTY }),
    output: stream("output"),
    notes: stream("notes"),
    variables,
    written: () => ({ ...texts }),
  };
}
