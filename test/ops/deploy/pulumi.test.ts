import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const home = join(import.meta.dirname, "..", "..", "..");

/** What the stand-in prints last: the pack by its variable, and the Node that it would start programs with. */
const SURROUNDINGS = [join(home, "policies"), join(home, "node_modules", ".bin", "node")];

describe("commands that hand over to the Pulumi CLI", () => {
  let folder: string;
  beforeAll(() => {
    // Stands in for the CLI: prints its words, one a line, and its surroundings.
    folder = mkdtempSync(join(tmpdir(), "preflight-pulumi-"));
    writeFileSync(
      join(folder, "pulumi"),
      '#!/bin/sh\nprintf "%s\\n" "$@"\nprintf "%s\\n" "$PULUMI_OPTION_POLICY_PACK"\ncommand -v node\nexit 42\n',
    );
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

  it("say what they run, run it on the pinned Node, and end with its exit code", () => {
    expect(preflight(["up", "staging", "--diff", "--yes"])).toEqual({
      status: 42,
      lines: ["up", "--stack", "staging", "--diff", "--yes", ...SURROUNDINGS],
      stderr: "PULUMI_OPTION_POLICY_PACK=policies pulumi up --stack staging --diff --yes\n",
    });
  });

  it("print the line and run nothing under --dry-run, wherever it stands", () => {
    for (const words of [
      ["up", "staging", "--diff", "--dry-run"],
      ["up", "--dry-run", "staging", "--diff"],
    ]) {
      expect(preflight(words)).toEqual({
        status: 0,
        lines: ["PULUMI_OPTION_POLICY_PACK=policies pulumi up --stack staging --diff"],
        stderr: "",
      });
    }
  });

  it("print a line that a shell reads as it was typed", () => {
    const words = ["-m", "a b's", "--", "x"];
    const { lines } = preflight(["up", "staging", "--dry-run", ...words]);
    expect(lines).toEqual(["PULUMI_OPTION_POLICY_PACK=policies pulumi up --stack staging -m 'a b'\\''s' -- x"]);
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
    { typed: ["stack", "output", "--json", "--stack", "staging", "--dry-run"] },
    { typed: ["config", "set", "--path", "a b", "--", "-1"] },
    { typed: ["--version"] },
    { typed: ["stack", "--help"] },
    { typed: ["up", "--help"] },
    { typed: ["--color", "never", "preview", "--stack", "staging"] },
    { typed: ["refresh", "--run-program", "--stack", "production"] },
  ])("change no word of $typed, and bring the pack", ({ typed }) => {
    expect(preflight(["pulumi", ...typed]).lines).toEqual([...typed, ...SURROUNDINGS]);
  });

  it("reach the CLI's own help", () => {
    expect(preflight(["pulumi", "--", "--help"]).lines).toEqual(["--help", ...SURROUNDINGS]);
  });

  it("bring what .envrc brings to a plain command", () => {
    const loaded = spawnSync("sh", ["-c", ". ./.envrc && pulumi --color never preview"], {
      cwd: home,
      encoding: "utf8",
      env: { PATH: [folder, process.env["PATH"] ?? ""].join(delimiter) },
    });
    expect(loaded.stdout.trimEnd().split("\n")).toEqual(["--color", "never", "preview", ...SURROUNDINGS]);
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
