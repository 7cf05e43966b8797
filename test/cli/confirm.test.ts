import { describe, expect, it } from "vitest";

import { confirm } from "../../cli/confirm.ts";
import { testIo } from "../support/cli.ts";

/** Asks, and types something or ends the input. */
async function answer(typed: string | undefined): Promise<{ readonly yes: boolean; readonly shown: string }> {
  const { input, notes, written } = testIo({ isTTY: true });
  const asked = confirm("Delete 3 rows?", { input, output: notes });
  if (typed === undefined) input.end();
  else input.write(`${typed}\n`);
  return { yes: await asked, shown: written().notes };
}

describe("a question", () => {
  it.each(["y", "yes", "YES", " y "])("is agreed to with '%s'", async (typed) => {
    expect((await answer(typed)).yes).toBe(true);
  });

  it.each(["", "n", "no", "yesterday", undefined])("is refused with '%s'", async (typed) => {
    expect((await answer(typed)).yes).toBe(false);
  });

  it("is refused by the keys that end the input", async () => {
    const { input, notes } = testIo({ isTTY: true });
    const asked = confirm("Delete 3 rows?", { input, output: Object.assign(notes, { isTTY: true }) });
    input.write("\u0004");
    expect(await asked).toBe(false);
  });

  it("says what no answer means", async () => {
    expect((await answer("n")).shown).toContain("Delete 3 rows? [y/N] ");
  });

  it("is not asked where nobody can answer", async () => {
    const { input, notes } = testIo();
    await expect(confirm("Delete 3 rows?", { input, output: notes })).rejects.toMatchObject({
      code: "confirmation-needed",
      next: expect.stringContaining("--yes"),
    });
  });
});
