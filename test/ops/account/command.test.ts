import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";

import { runProgram } from "../../../cli/run.ts";
import { ACTIONS } from "../../../ops/account/calls/table.ts";
import { COMMANDS } from "../../../ops/commands.ts";
import { testIo } from "../../support/cli.ts";

const home = join(import.meta.dirname, "..", "..", "..");

async function account(words: readonly string[], folder = home) {
  const io = testIo({ home: folder });
  return { status: await runProgram(COMMANDS, ["account", ...words], io), ...io.written() };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("preflight account", () => {
  it("prints the policy that it needs without asking anybody", async () => {
    const { status, output, notes } = await account(["production", "--policy"]);
    expect({ status, notes }).toEqual({ status: 0, notes: "" });
    const actions = JSON.parse(output).Statement.flatMap(({ Action }: { Action: string[] }) => Action);
    expect(actions.toSorted()).toEqual(ACTIONS);
  });

  it("refuses a stack file that is not right before it asks anybody, with every problem", async () => {
    const folder = mkdtempSync(join(tmpdir(), "preflight-account-"));
    try {
      const file = readFileSync(join(home, "Pulumi.staging.yaml"), "utf8");
      writeFileSync(
        join(folder, "Pulumi.staging.yaml"),
        file.replace("  aws:region: eu-west-1", "  aws:region: nowhere"),
      );
      const { status, output, notes } = await account(["staging", "--json"], folder);
      expect({ status, notes }).toEqual({ status: 2, notes: "" });
      expect(JSON.parse(output).error).toMatchObject({
        code: "stack-file-invalid",
        message: expect.stringContaining('aws:region\n    found:   "nowhere"'),
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("says in a sentence that there are no credentials", async () => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"])
      vi.stubEnv(name, undefined);
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    expect(await account(["staging"])).toEqual({
      status: 2,
      output: "",
      notes:
        "There are no AWS credentials, or none that AWS knows. Set AWS_PROFILE or sign in (aws sso login); aws sts get-caller-identity tells who you are.\n",
    });
  });
});
