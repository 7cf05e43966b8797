import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { withoutPublicBlocks } from "../../../ops/endpoint/stack-edit.ts";

const committed = readFileSync(join(import.meta.dirname, "..", "..", "..", "Pulumi.production.yaml"), "utf8");
const withList = (list: string) => committed.replace("apiPublicCidrs: []", `apiPublicCidrs:${list}`);

describe("withoutPublicBlocks", () => {
  it.each([
    ["in brackets", " [198.51.100.7/32]"],
    ["in brackets, with a comment behind it", " [198.51.100.7/32, 203.0.113.0/24]"],
    ["over several lines of brackets", " [\n        198.51.100.7/32,\n        203.0.113.0/24,\n      ]"],
    ["in lines", "\n        - 198.51.100.7/32\n        - 203.0.113.0/24"],
    ["in lines, with comments of its own", "\n        # The office.\n        - 198.51.100.7/32 # until Friday"],
  ])("changes nothing but the list %s", (_how, list) => {
    expect(withoutPublicBlocks(withList(list))).toBe(committed);
  });

  it("keeps a comment behind the list and the end of the file as they are", () => {
    const settings = (list: string) => `config:\n  preflight:settings:\n    cluster:\n      apiPublicCidrs: ${list}`;
    expect(withoutPublicBlocks(settings("[1.2.3.4/32] # ours"))).toBe(settings("[] # ours"));
    expect(withoutPublicBlocks(settings("\n        - 1.2.3.4/32\n"))).toContain("apiPublicCidrs: []");
  });

  it.each(["apiPublicCidrs: null", "other: []"])("refuses a file without such a list: %s", (text) => {
    expect(() => withoutPublicBlocks(`config:\n  preflight:settings:\n    cluster:\n      ${text}\n`)).toThrow(
      "no list that can be emptied",
    );
  });
});
