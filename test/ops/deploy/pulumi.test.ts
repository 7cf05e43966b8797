import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runProgram } from "../../../cli/run.ts";
import { COMMANDS } from "../../../ops/commands.ts";
import { testIo } from "../../support/cli.ts";

const home = join(import.meta.dirname, "..", "..", "..");

const PACK = ["--policy-pack", "policies", "--policy-pack-config", "policies/config/standard.json"];

describe("commands that hand over to the Pulumi CLI", () => {
  let folder: string;
  beforeAll(() => {
    // Stands in for the CLI: prints its words, one a line, and the Node that it would start programs with.
    folder = mkdtempSync(join(tmpdir(), "preflight-pulumi-"));
    writeFileSync(join(folder, "pulumi"), '#!/bin/sh\nprintf "%s\\n" "$@"\ncommand -v node\nexit 42\n');
    chmodSync(join(folder, "pulumi"), 0o755);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function preflight(words: readonly string[], path = [folder, process.env["PATH"] ?? ""].join(delimiter)) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(home, "preflight.js"), ...words], {
      encoding: "utf8",
      env: { ...process.env, PULUMI_STACK: undefined, PATH: path },
    });
    return { status, lines: stdout.trimEnd().split("\n"), stderr };
  }

  const PINNED = join(home, "node_modules", ".bin", "node");

  it("say what they run, run it on the pinned Node, and end with its exit code", () => {
    expect(preflight(["up", "staging", "--diff", "--yes"])).toEqual({
      status: 42,
      lines: ["up", "--stack", "staging", ...PACK, "--diff", "--yes", PINNED],
      stderr: `pulumi up --stack staging ${PACK.join(" ")} --diff --yes\n`,
    });
  });

  it("print the line and run nothing under --dry-run, wherever it stands", () => {
    for (const words of [
      ["up", "staging", "--diff", "--dry-run"],
      ["up", "--dry-run", "staging", "--diff"],
    ]) {
      expect(preflight(words)).toEqual({
        status: 0,
        lines: [`pulumi up --stack staging ${PACK.join(" ")} --diff`],
        stderr: "",
      });
    }
  });

  it("print a line that a shell reads as it was typed", () => {
    const words = ["-m", "a b's", "--", "x"];
    const { lines } = preflight(["up", "staging", "--dry-run", ...words]);
    expect(lines).toEqual([`pulumi up --stack staging ${PACK.join(" ")} -m 'a b'\\''s' -- x`]);
    const env = { ...process.env, PATH: [folder, process.env["PATH"] ?? ""].join(delimiter) };
    expect(spawnSync("sh", ["-c", lines.join()], { env, encoding: "utf8" }).stdout.split("\n")).toEqual(
      expect.arrayContaining(words),
    );
  });

  it("show no word that may be a secret", () => {
    const { lines, stderr } = preflight(["pulumi", "config", "set", "--secret", "key", "hunter2"]);
    expect(lines).toContain("hunter2");
    expect(stderr).toBe("");
  });

  it.each([
    ["up", "qa"],
    ["pulumi", "preview", "--stack", "qa"],
  ])("say beside the line that nobody has said how strictly a stack is judged: %s %s", async (...words) => {
    writeFileSync(join(folder, "Pulumi.qa.yaml"), "");
    const io = testIo({ home: folder, variables: { PATH: folder } });
    expect(await runProgram(COMMANDS, words, io)).toBe(42);
    expect(io.written()).toEqual({
      output: "",
      notes: expect.stringMatching(/^The stack "qa" is not in standards\/strictness\.ts.*\npulumi /),
    });
  });

  it.each([
    { typed: ["stack", "output", "--json", "--stack", "staging", "--dry-run"] },
    { typed: ["config", "set", "--path", "a b", "--", "-1"] },
    { typed: ["--version"] },
    { typed: ["stack", "--help"] },
    { typed: ["up", "--help"] },
  ])("change no word of $typed", ({ typed }) => {
    expect(preflight(["pulumi", ...typed]).lines).toEqual([...typed, PINNED]);
  });

  it("bring the pack to whatever judges, and reach the CLI's own help", () => {
    expect(preflight(["pulumi", "preview", "--stack", "staging"]).lines).toEqual([
      "preview",
      ...PACK,
      "--stack",
      "staging",
      PINNED,
    ]);
    expect(preflight(["pulumi", "--", "--help"]).lines).toEqual(["--help", PINNED]);
  });

  it("say what is missing", () => {
    expect(preflight(["pulumi"])).toMatchObject({ status: 2, stderr: expect.stringContaining("Say which command") });
    expect(preflight(["up"])).toMatchObject({ status: 2, stderr: expect.stringContaining("Say which environment") });
    expect(preflight(["up", "staging"], join(home, "node_modules", ".bin"))).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("The Pulumi CLI is not on PATH"),
    });
  });
});
