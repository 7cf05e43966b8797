import { readFileSync } from "node:fs";
import { join } from "node:path";

import { fullDrawing, picture } from "../architecture/drawing.ts";
import { environmentComponents } from "../architecture/run.ts";
import { sourcesIn } from "../architecture/sources.ts";
import { componentTables } from "../architecture/table.ts";
import { withPart } from "./markers.ts";
import type { Page } from "./page.ts";

/** Pages written by hand with parts that come from the environment's own resources. */
export async function architecturePages(root: string): Promise<readonly Page[]> {
  const components = await environmentComponents(root);
  const fill = (file: string, parts: Readonly<Record<string, string>>): Page => ({
    file,
    content: Object.entries(parts).reduce(
      (text, [part, content]) => withPart(text, part, content),
      readFileSync(join(root, file), "utf8"),
    ),
  });
  return [
    fill("docs/architecture.md", {
      drawing: fullDrawing(components),
      components: componentTables(components, sourcesIn(root)),
    }),
    fill("README.md", { picture: picture(components) }),
  ];
}
