import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { runCommand } from "../../../cli/run.ts";
import { docsOf } from "../../../ops/repository/docs.ts";
import { testIo } from "../../support/cli.ts";

const docs = docsOf(() =>
  Promise.resolve([
    { file: "old.md", content: "new\n" },
    { file: "same.md", content: "same\n" },
    { file: "fresh.md", content: "fresh\n" },
  ]),
);

describe("the command that writes documents", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "preflight-docs-"));
    writeFileSync(join(home, "old.md"), "old\n");
    writeFileSync(join(home, "same.md"), "same\n");
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  const run = async (...words: string[]) => {
    const io = testIo({ home });
    return {
      status: await runCommand(docs, words, io),
      ...io.written(),
      old: readFileSync(join(home, "old.md"), "utf8"),
    };
  };

  it("writes what is stale, and is content the second time", async () => {
    expect(await run()).toEqual({
      status: 0,
      output: "wrote old.md\nwrote fresh.md\n1 of 3 generated documents were up to date\n",
      notes: "",
      old: "new\n",
    });
    expect(await run("--check")).toMatchObject({ status: 0, output: "", notes: "" });
  });

  it("only names what is stale when it checks, and fails", async () => {
    expect(await run("--check")).toEqual({
      status: 1,
      output: "",
      notes:
        "old.md is stale. Run npm run docs and commit the result.\nfresh.md is stale. Run npm run docs and commit the result.\n",
      old: "old\n",
    });
    expect(await run("--check", "--json")).toMatchObject({
      status: 1,
      output: '{"stale":["old.md","fresh.md"],"written":false}\n',
    });
  });

  it("shows what it would write, and writes nothing", async () => {
    expect(await run("--dry-run")).toEqual({
      status: 0,
      output: "write old.md\nwrite fresh.md\n",
      notes: "",
      old: "old\n",
    });
  });
});
