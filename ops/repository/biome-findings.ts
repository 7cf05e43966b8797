import { z } from "zod";

import { UserError } from "../../cli/errors.ts";
import type { StartOptions } from "../../cli/process.ts";
import { start } from "../../cli/process.ts";
import { biome } from "../biome.ts";

/** What Biome finds in a project. */
export interface Findings {
  /** Files that it would format, or whose imports it would order; sorted. */
  readonly unformatted: readonly string[];
  /** What a person has to mend: what does not parse, or imports that go round in a circle. */
  readonly refused: readonly { readonly file: string; readonly message: string }[];
}

const REPORT = z.object({
  diagnostics: z.array(
    z.object({ category: z.string(), message: z.string(), location: z.object({ path: z.string() }) }),
  ),
});

/** The report in what Biome wrote; throws a {@link UserError} with its own words where there is none. */
function reportIn(stdout: string, stderr: string): z.infer<typeof REPORT> {
  try {
    return REPORT.parse(JSON.parse(stdout));
  } catch {
    throw new UserError("formatter-failed", `Biome did not answer as expected: ${stderr.trim() || stdout.trim()}`);
  }
}

/** Has Biome check a project and answers what it found; with `--write` among its flags, what it could not mend. */
export async function findings(flags: readonly string[], where: StartOptions): Promise<Findings> {
  const words = ["check", "--reporter=json", "--max-diagnostics=none", ...flags, "."];
  const child = start(biome(), words, where);
  await child.ended;
  const { diagnostics } = reportIn(child.stdout(), child.stderr());
  const isMendable = ({ category }: (typeof diagnostics)[number]) => /^(format|assist)\b/.test(category);
  const refused = diagnostics
    .filter((diagnostic) => !isMendable(diagnostic))
    .map(({ message, location: { path } }) => ({ file: path, message }));
  // What does not parse is not formatted either.
  const broken = new Set(
    diagnostics.filter(({ category }) => category === "parse").map(({ location }) => location.path),
  );
  const mendable = diagnostics.filter(isMendable).map(({ location: { path } }) => path);
  return { unformatted: [...new Set(mendable)].filter((file) => !broken.has(file)).toSorted(), refused };
}
