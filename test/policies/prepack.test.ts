import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { analyze, infoOf, ROOT, start } from "../support/pack.ts";

const base = mkdtempSync(join(tmpdir(), "preflight-pack-"));
const published = join(base, "node_modules", "preflight-policies");

/** Packs the pack and installs it as a dependency of something else, beside the SDK. */
beforeAll(() => {
  execFileSync("npm", ["pack", "--pack-destination", base], { cwd: join(ROOT, "policies"), stdio: "pipe" });
  const [archive = ""] = readdirSync(base).filter((file) => file.endsWith(".tgz"));
  mkdirSync(published, { recursive: true });
  execFileSync("tar", ["-xzf", join(base, archive), "-C", published, "--strip-components=1"]);
  symlinkSync(join(ROOT, "node_modules", "@pulumi"), join(base, "node_modules", "@pulumi"));
});

afterAll(() => {
  rmSync(base, { recursive: true });
});

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8"));

describe("the published pack", () => {
  it("holds no TypeScript, which Node refuses below node_modules", () => {
    const files = readdirSync(published, { recursive: true, encoding: "utf8" });
    expect(files.toSorted()).toEqual([
      "PulumiPolicy.yaml",
      "README.md",
      "dist",
      "dist/pack.js",
      "index.js",
      "package.json",
    ]);
  });

  it("has the same rules as the repository", async () => {
    const [theirs, ours] = await Promise.all(
      [published, join(ROOT, "policies")].map(async (folder) => {
        const pack = await start(folder);
        try {
          return await infoOf(pack);
        } finally {
          pack.stop();
        }
      }),
    );
    expect(theirs?.policiesList.length).toBeGreaterThan(20);
    expect(theirs).toEqual(ours);
  });

  it("judges", async () => {
    const pack = await start(published);
    try {
      const messages = await analyze(pack, "aws:kms/key:Key", { enableKeyRotation: false });
      expect(messages).toContainEqual(expect.stringMatching(/^kms-rotation: /));
    } finally {
      pack.stop();
    }
  });

  it("depends on the very SDK that the repository tests it with", () => {
    const { dependencies } = readJson(ROOT, "package.json");
    for (const [name, version] of Object.entries(readJson(published, "package.json").dependencies))
      expect([name, version]).toEqual([name, dependencies[name]]);
  });
});
