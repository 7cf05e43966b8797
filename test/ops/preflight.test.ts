import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const home = join(import.meta.dirname, "..", "..");

/** A Node that runs no TypeScript, as the older ones do not. */
const OLD = "--no-experimental-strip-types";

const run = (file: string, flags: readonly string[], ...words: string[]) =>
  spawnSync(process.execPath, [...flags, file, ...words], { encoding: "utf8" });

describe("the binary", () => {
  it("runs here where TypeScript runs, and else on the pinned Node, with the same words and exit code", () => {
    const file = join(home, "preflight.js");
    for (const words of [["--help"], ["preview", "stagign", "--json"]]) {
      const { status, stdout, stderr } = run(file, [], ...words);
      expect(stdout).not.toBe("");
      expect(run(file, [OLD], ...words)).toMatchObject({ status, stdout, stderr });
    }
  });

  it("says what to do where packages are missing", () => {
    const folder = mkdtempSync(join(tmpdir(), "preflight-binary-"));
    try {
      copyFileSync(join(home, "preflight.js"), join(folder, "preflight.js"));
      for (const layer of ["cli", "core", "ops"]) cpSync(join(home, layer), join(folder, layer), { recursive: true });
      writeFileSync(join(folder, "package.json"), '{"type": "module"}');
      expect(run(join(folder, "preflight.js"), [], "preview")).toMatchObject({
        status: 2,
        stdout: "",
        stderr: expect.stringMatching(/^The packages are not installed: Cannot find package '\S+'\nRun npm ci\.\n$/),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("says what to do where neither is at hand", () => {
    const folder = mkdtempSync(join(tmpdir(), "preflight-binary-"));
    try {
      copyFileSync(join(home, "preflight.js"), join(folder, "preflight.js"));
      writeFileSync(join(folder, "package.json"), '{"type": "module"}');
      expect(run(join(folder, "preflight.js"), [OLD], "preview")).toMatchObject({
        status: 2,
        stdout: "",
        stderr: expect.stringMatching(/^Preflight needs Node 22\.18 or newer.*\nRun npm ci\.\n$/),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
