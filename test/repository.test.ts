import { execFileSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const { devDependencies, dependencies } = JSON.parse(read("package.json"));

/** Only what git knows: a build's output has documents too. */
const tracked = (...patterns: string[]) =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...patterns], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter((file) => file !== "" && existsSync(join(root, file)));

describe("versions", () => {
  it("of Node are the same for npm ci and for version managers", () => {
    expect(read(".nvmrc").trim()).toBe(devDependencies.node);
  });

  it("of Node are the same in every workflow", () => {
    const workflows = tracked(".github/workflows/*.yml").map(read).join("\n");
    expect(workflows.match(/node-version.*/g)).toEqual(
      Array.from(workflows.matchAll(/actions\/setup-node@/g), () => "node-version-file: .nvmrc"),
    );
  });

  it("are exact, so that a clone of next year is the one that was tested", () => {
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)),
    );
    expect(loose).toEqual([]);
  });
});

describe("links between documents", () => {
  it.each(tracked("*.md").map((file) => ({ file })))("of $file lead to a file", ({ file }) => {
    const prose = read(file).replaceAll(/^```.*?^```/gms, "");
    const broken = [...prose.matchAll(/\]\((?!\w+:|#)([^)\s#]+)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !existsSync(join(root, dirname(file), target)));
    expect(broken).toEqual([]);
  });
});

describe("workflows", () => {
  const files = globSync(".github/workflows/*.yml", { cwd: root }).toSorted();
  const uses = files.flatMap((file) =>
    [...read(file).matchAll(/uses: (\S+)@(.*)$/gm)].map(([, action, pin]) => ({ file, action, pin })),
  );

  it("take actions by digest, with the version beside it, the same one everywhere", () => {
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter(({ pin = "" }) => !/^[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(pin))).toEqual([]);
    const pins = new Map(uses.map(({ action, pin }) => [action, pin]));
    expect(uses.filter(({ action, pin }) => pins.get(action) !== pin)).toEqual([]);
  });

  it.each(files)("may read and no more, and end by themselves: %s", (file) => {
    const { permissions, concurrency, jobs } = parse(read(file));
    expect(permissions).toEqual({ contents: "read" });
    expect(concurrency).toHaveProperty("group");
    for (const [name, job] of Object.entries<Record<string, unknown>>(jobs)) {
      expect(job, name).toHaveProperty("timeout-minutes");
      expect(job, name).not.toHaveProperty("permissions");
    }
  });
});
