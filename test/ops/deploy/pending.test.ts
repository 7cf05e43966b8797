import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { runProgram } from "../../../cli/run.ts";
import { COMMANDS } from "../../../ops/commands.ts";
import { testIo } from "../../support/cli.ts";

const urn = (rest: string) => `urn:pulumi:staging::preflight::${rest}`;
const PARENT = urn("preflight:security:Keys::keys");
const PROVIDER = urn("pulumi:providers:aws::aws");

const creating = (type: string, name: string, inputs: object) => ({
  type: "creating",
  resource: {
    urn: urn(`preflight:security:Keys$${type}::${name}`),
    type,
    inputs,
    parent: PARENT,
    provider: `${PROVIDER}::1234-5678`,
  },
});

const OPERATIONS = [
  creating("aws:kms/alias:Alias", "keys-audit", { name: "alias/preflight-staging-audit" }),
  creating("aws:ec2/vpc:Vpc", "network", { cidrBlock: "10.20.0.0/16" }),
  creating("kubernetes:core/v1:ConfigMap", "settings", { metadata: { name: "settings", namespace: "shop" } }),
  { type: "updating", resource: creating("aws:kms/key:Key", "keys-audit", {}).resource },
];

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "preflight-pending-"));
  cpSync("Pulumi.staging.yaml", join(home, "Pulumi.staging.yaml"));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

/** Runs the command with a CLI that prints this. */
async function pending(printed: string, ...words: string[]) {
  writeFileSync(join(home, "printed"), printed);
  writeFileSync(
    join(home, "pulumi"),
    '#!/bin/sh\necho "$@" > "$(dirname "$0")/typed"\ncat "$(dirname "$0")/printed"\n',
  );
  chmodSync(join(home, "pulumi"), 0o755);
  const io = testIo({ home, variables: { PATH: [home, process.env["PATH"] ?? ""].join(delimiter) } });
  const status = await runProgram(COMMANDS, ["pending", "staging", ...words], io);
  return { status, ...io.written() };
}

const FILE = "pending.staging.json";
const state = (operations: readonly object[]) => JSON.stringify({ deployment: { pending_operations: operations } });

describe("preflight pending", () => {
  it("lists what to look for by the names that it has in the account, and says the way on", async () => {
    const { status, output } = await pending(state(OPERATIONS));
    expect(status).toBe(1);
    expect(readFileSync(join(home, "typed"), "utf8")).toBe("stack export --stack staging --non-interactive\n");
    expect(output).toContain(
      "3 creations were cut off in staging:\n\n" +
        "  aws:ec2/vpc:Vpc  network\n" +
        "  aws:kms/alias:Alias  keys-audit  (alias/preflight-staging-audit)\n" +
        "  kubernetes:core/v1:ConfigMap  settings  (shop/settings)\n",
    );
    expect(output).toContain(`pulumi import --file ${FILE} --protect=false --generate-code=false --stack staging\n`);
    expect(output).toContain("pulumi refresh --clear-pending-creates --stack staging\n");
  });

  it("writes what pulumi import takes, with the IDs left open", async () => {
    await pending(state(OPERATIONS.slice(0, 1)));
    expect(JSON.parse(readFileSync(join(home, FILE), "utf8"))).toEqual({
      nameTable: { "known-0": PARENT, "known-1": PROVIDER },
      resources: [{ type: "aws:kms/alias:Alias", name: "keys-audit", id: "", parent: "known-0", provider: "known-1" }],
    });
  });

  it("answers programs, and writes the file all the same", async () => {
    const { status, output } = await pending(state(OPERATIONS), "--json");
    expect(status).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ pending: [{ name: "network" }, { name: "keys-audit" }, {}] });
    expect(existsSync(join(home, FILE))).toBe(true);
  });

  it.each([state([]), JSON.stringify({ deployment: {} }), state(OPERATIONS.slice(3))])(
    "says that nothing is pending, and writes nothing: %s",
    async (printed) => {
      expect(await pending(printed)).toMatchObject({ status: 0, output: expect.stringContaining("pulumi up goes on") });
      expect(existsSync(join(home, FILE))).toBe(false);
    },
  );

  it("writes nothing under --dry-run", async () => {
    expect(await pending(state(OPERATIONS), "--dry-run")).toMatchObject({ status: 0, output: `write ${FILE}\n` });
    expect(existsSync(join(home, FILE))).toBe(false);
  });

  it("says so where the CLI prints no state", async () => {
    expect(await pending("error: no stack")).toMatchObject({
      status: 2,
      notes: expect.stringContaining("pulumi stack export printed no state"),
    });
  });
});
