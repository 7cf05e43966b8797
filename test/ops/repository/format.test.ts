import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { runCommand } from "../../../cli/run.ts";
import { format } from "../../../ops/repository/format.ts";
import { testIo } from "../../support/cli.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const UNTIDY = "export const a=1\n";

describe("the command that formats", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "preflight-format-"));
    const { formatter, assist } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
    writeFileSync(join(home, "biome.json"), `${JSON.stringify({ root: true, formatter, assist }, undefined, 2)}\n`);
    writeFileSync(join(home, "a.ts"), UNTIDY);
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  const run = async (...words: string[]) => {
    const io = testIo({ home, variables: process.env });
    const status = await runCommand(format, words, io);
    return { status, ...io.written(), text: readFileSync(join(home, "a.ts"), "utf8") };
  };

  it("fails and writes nothing when it checks", async () => {
    const answer = await run("--check", "--json");
    expect(answer).toMatchObject({ status: 1, text: UNTIDY });
    expect(JSON.parse(answer.output)).toMatchObject({ unformatted: expect.arrayContaining(["a.ts"]), written: false });
  });

  it("shows what it would format, and writes nothing", async () => {
    expect(await run("--dry-run")).toMatchObject({
      status: 0,
      output: expect.stringContaining("format a.ts\n"),
      text: UNTIDY,
    });
  });

  it("formats", async () => {
    expect(await run("--json")).toMatchObject({ status: 0, text: "export const a = 1;\n" });
    expect(await run("--check", "--json")).toMatchObject({ status: 0 });
  });
});
