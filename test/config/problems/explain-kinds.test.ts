import { describe, expect, it } from "vitest";
import * as z from "zod";

import { defineBlock } from "../../../config/block.ts";
import { showPath } from "../../../config/problems/problem.ts";
import { text, wholeNumber } from "../../../config/types.ts";

describe("explain, of a list whose entries are of several kinds", () => {
  const cloud = z.strictObject({
    kind: z.literal("cloud"),
    sizeGiB: wholeNumber({ min: 1, max: 9, unit: "GiB" }, "Size."),
  });
  const local = z.strictObject({
    kind: z.literal("local"),
    folder: text(/^\//, 'a path, for instance "/data"', "Where."),
  });
  const disks = defineBlock({
    schema: z.strictObject({ disks: z.array(z.discriminatedUnion("kind", [cloud, local])) }),
  });
  const of = (disk: object) =>
    disks
      .judge({ disks: [disk] }, "standard")
      .map(({ path, found, allowed, fix }) => `${showPath(path)}: ${found} | ${allowed} | ${fix}`);

  it("says of each what its own kind asks for", () => {
    expect(of({ kind: "cloud", sizeGiB: 9 })).toEqual([]);
    expect(of({ kind: "cloud", sizeGiB: 10 })).toEqual([
      "disks[0].sizeGiB: 10 | at most 9 (GiB) | Change the key: Size.",
    ]);
    expect(of({ kind: "local", folder: "data" })).toEqual([
      'disks[0].folder: "data" | a path, for instance "/data" | Change the key: Where.',
    ]);
  });

  it("suggests keys of that kind only", () => {
    expect(of({ kind: "local", folder: "/", foldre: "/" })).toEqual([
      'disks[0].foldre: an unknown key (value "/") | kind, folder | Did you mean "folder"? Units are part of the names.',
    ]);
  });

  it("names the kinds where it is none of them", () => {
    expect(of({ kind: "tape" })).toEqual(['disks[0].kind: "tape" | one of cloud, local | Change the key.']);
    expect(of({})).toEqual(["disks[0].kind: nothing | one of cloud, local | Add the key."]);
  });
});
