import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** The programs that .ci/run uses; a PATH of these alone has neither a Pulumi CLI nor kube-lab. */
const PROGRAMS = ["awk", "bash", "dirname", "env", "git", "mktemp", "node", "npm", "rm", "sh"];

const README = "# Fixture\n\n<!-- ci:commands -->\n```sh\nnpm run preview\nnpm test\n```\n";

/** Writes what vitest would: `tests` as status and titles. */
const reporting = (...tests: readonly (readonly [status: string, ...titles: string[]])[]) => {
  const assertionResults = tests.map(([status, ...titles]) => ({
    status,
    ancestorTitles: titles.slice(0, -1),
    title: titles.at(-1),
  }));
  return `import { writeFileSync } from "node:fs";
writeFileSync(process.env.PREFLIGHT_TEST_REPORT, ${JSON.stringify(JSON.stringify({ testResults: [{ assertionResults }] }))});
`;
};

const UNIT = reporting(
  ["passed", "a", "works"],
  ["passed", "a", "works too"],
  ["skipped", "on a real server (skipped: no initdb; install PostgreSQL)", "reads"],
  ["skipped", "on a real server (skipped: no initdb; install PostgreSQL)", "writes"],
  ["todo", "a", "is not written yet"],
);

describe("the check of a clean clone", () => {
  let base: string;
  let project: string;

  const git = (...words: string[]) => execFileSync("git", ["-C", project, ...words], { stdio: "pipe" });
  const commit = (files: Readonly<Record<string, string>>) => {
    for (const [file, text] of Object.entries(files)) writeFileSync(join(project, file), text);
    git("add", "--all");
    git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "Change");
  };
  const scripts = (more: Readonly<Record<string, string>> = {}) =>
    JSON.stringify({
      type: "module",
      scripts: {
        preview: "true",
        test: "node unit.js",
        format: "true",
        lint: "true",
        typecheck: "true",
        docs: "true",
        "test:engine": "node engine.js",
        "test:guide": "node engine.js",
        "test:account": "node engine.js",
        "test:kubernetes": "node engine.js",
        ...more,
      },
    });
  const install = (program: string) => {
    writeFileSync(join(base, "bin", program), "#!/bin/sh\n", { mode: 0o755 });
  };
  const check = (variables: Readonly<Record<string, string>> = {}) => {
    const { status, stdout, stderr } = spawnSync("bash", [join(project, ".ci", "run")], {
      encoding: "utf8",
      env: { PATH: join(base, "bin"), HOME: base, TMPDIR: base, ...variables },
    });
    return { status, stderr, lines: stdout.trimEnd().split("\n") };
  };

  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), "preflight-ci-"));
    mkdirSync(join(base, "bin"));
    for (const program of PROGRAMS) {
      const found = execFileSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim();
      symlinkSync(found, join(base, "bin", program));
    }
    project = join(base, "project");
    cpSync(join(root, ".ci"), join(project, ".ci"), { recursive: true });
    git("init", "--quiet");
    commit({
      "README.md": README,
      "package.json": scripts(),
      "unit.js": UNIT,
      "engine.js": reporting(["passed", "up"]),
    });
  });
  afterAll(() => {
    rmSync(base, { recursive: true, force: true });
  });

  const SKIPPED = [
    "  npm test, 2 tests: no initdb; install PostgreSQL",
    "  npm test, 1 test: no reason is given; describeWith in test/support/requirements.ts takes one",
    "  npm run test:engine: no pulumi on PATH; nothing ran under the real engine",
    "  npm run test:kubernetes: no kube-lab on PATH; no manifest was applied to a real API server",
    "  npm run test:guide: no moto_server on PATH; no command of the guide ran against an emulator of AWS",
    "  npm run test:account: no moto_server on PATH; no question of the account check was sent by the real clients",
    "",
  ];

  it("says before the count what it skipped and why, and passes", () => {
    const { status, lines } = check();
    // The preview, two tests, format, lint, types, documents; three tests and four suites.
    expect(lines.slice(-9)).toEqual(["Not run:", ...SKIPPED, "7 passed, 0 failed, 7 skipped"]);
    expect(status).toBe(0);
  });

  it("counts what it skipped as failed when everything is required", () => {
    const { status, lines } = check({ PREFLIGHT_REQUIRE: "all" });
    expect(lines.slice(-9)).toEqual([
      "Not run, and failed because PREFLIGHT_REQUIRE is all:",
      ...SKIPPED,
      "7 passed, 7 failed",
    ]);
    expect(status).toBe(1);
  });

  it("refuses another requirement", () => {
    expect(check({ PREFLIGHT_REQUIRE: "engine" })).toEqual({
      status: 2,
      stderr: 'PREFLIGHT_REQUIRE is "engine"; it may be "all" (what is skipped has failed) or not set.\n',
      lines: [""],
    });
  });

  it("runs a suite whose program is there, and fails with it", () => {
    install("pulumi");
    install("kube-lab");
    install("moto_server");
    commit({ "unit.js": reporting(["passed", "a", "works"]), "engine.js": reporting(["failed", "up", "ends"]) });
    const { status, lines } = check();
    expect(lines.at(-1)).toBe("6 passed, 4 failed");
    expect(lines).toContainEqual(
      expect.stringMatching(/^FAILED {3}npm run test:engine: 0 passed, 1 failed, 0 skipped, /),
    );
    expect(status).toBe(1);
  });

  it("counts a run that ends badly without a failed test, and a report that says nothing", () => {
    commit({
      "package.json": scripts({ lint: "exit 3" }),
      "unit.js": `${reporting(["passed", "a", "works"])}process.exitCode = 1;`,
      "engine.js": 'import { writeFileSync } from "node:fs"; writeFileSync(process.env.PREFLIGHT_TEST_REPORT, "{");',
    });
    const { lines } = check();
    expect(lines.at(-1)).toBe("5 passed, 6 failed");
    expect(lines).toContainEqual(expect.stringMatching(/^FAILED {3}npm run lint: exit code 3, /));
  });

  it("takes the README at its word: two commands, no more and no fewer", () => {
    commit({ "README.md": README.replace("npm run preview\n", "") });
    expect(check().lines).toContainEqual(
      "FAILED   README.md: expected two commands below the marker ci:commands, found 1",
    );
  });
});

describe("tests that need what a machine has not", () => {
  let folder: string;
  const report = (variables: Readonly<Record<string, string>>) => {
    const file = join(folder, "report.json");
    const { status } = spawnSync(
      join(root, "node_modules", ".bin", "vitest"),
      ["run", "--root", folder, "--reporter=json", "--outputFile", file],
      { env: { ...process.env, PREFLIGHT_REQUIRE: "", ...variables }, encoding: "utf8" },
    );
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(file, "utf8"));
    return { status, passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "preflight-requirements-"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(
      join(folder, "server.test.ts"),
      `import { expect, it } from "vitest";
import { describeWith } from ${JSON.stringify(join(root, "test", "support", "requirements.ts"))};
describeWith({ here: false, missing: "no server" }, "on a server", () => {
  it("reads", () => { expect(1).toBe(1); });
});
`,
    );
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("are skipped, and told as skipped", () => {
    expect(report({})).toEqual({ status: 0, passed: 0, failed: 0, skipped: 1 });
  });

  it("are a failure where nothing may be skipped", () => {
    expect(report({ PREFLIGHT_REQUIRE: "all" })).toEqual({ status: 1, passed: 0, failed: 1, skipped: 0 });
  });
});

describe("npm run check", () => {
  const check = (typecheck: string) => {
    const folder = mkdtempSync(join(tmpdir(), "preflight-check-"));
    try {
      const scripts = { format: "true", lint: "true", typecheck, docs: "true" };
      writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts }));
      return spawnSync(process.execPath, [join(root, ".ci", "check.js")], { cwd: folder, encoding: "utf8" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  it("is content when all four are", () => {
    const { status, stdout } = check("true");
    expect(stdout.match(/^ok .*npm run \w+/gm)).toHaveLength(4);
    expect(status).toBe(0);
  });

  it("fails when one of them fails, and shows what it said", () => {
    const { status, stdout } = check("echo a.ts is wrong && false");
    expect(stdout).toMatch(/^FAILED {2}npm run typecheck .*\n {4}a\.ts is wrong$/m);
    expect(status).toBe(1);
  });
});
