import { isDeepStrictEqual } from "node:util";
import * as yaml from "yaml";

import { UserError } from "../../cli/errors.ts";

/** Where the blocks stand that may reach the API server from the internet. */
const PATH = ["config", "preflight:settings", "cluster", "apiPublicCidrs"];

/**
 * A stack file's text with an empty `cluster.apiPublicCidrs`; every other sign stays, comments and blank lines too. Comments
 * inside the list go with what they are about.
 */
export function withoutPublicBlocks(text: string): string {
  const document = yaml.parseDocument(text);
  const parent = document.getIn(PATH.slice(0, -1));
  const pair = yaml.isMap(parent)
    ? parent.items.find(({ key }) => yaml.isScalar(key) && key.value === PATH.at(-1))
    : undefined;
  const [key, list] = [pair?.key, pair?.value];
  if (!yaml.isScalar(key) || !yaml.isSeq(list) || key.range == null || list.range == null)
    throw new UserError(
      "list-unwritable",
      "cluster.apiPublicCidrs is no list that can be emptied.",
      "Empty it by hand.",
    );
  const [, end] = key.range;
  const [, listEnd] = list.range;
  // A list of lines ends behind its last line's break, one in brackets before it.
  const rest = text.slice(listEnd);
  const changed = `${text.slice(0, end)}: []${list.flow === true || rest === "" ? "" : "\n"}${rest}`;
  document.setIn(PATH, []);
  if (!isDeepStrictEqual(yaml.parse(changed), document.toJS()))
    throw new UserError("list-unwritable", "cluster.apiPublicCidrs cannot be emptied safely.", "Empty it by hand.");
  return changed;
}
