import { describe, expect, it } from "vitest";

import { initialConfiguration, settingsByStrictness } from "../../policies/configuration.ts";
import { rules } from "../../policies/rules.ts";
import { DATABASE } from "../../standards/database.ts";
import { LOGS } from "../../standards/logs.ts";

const of = (stack: string | undefined, project: string | undefined = "preflight") =>
  initialConfiguration({ project, stack }, rules);

describe("what the pack is configured with by the stack's name", () => {
  it("holds staging to less than production, each with its rules' own levels", () => {
    expect(of("staging")).toEqual({ "sg-egress-restricted": { enforcementLevel: "mandatory", everywhere: true } });
    expect(of("production")).toEqual({
      "logs-retention": {
        enforcementLevel: "mandatory",
        auditGroups: ["/aws/eks/", "/aws/rds/cluster/", "/aws/vpc/"],
      },
      "rds-backup-retention": { enforcementLevel: "mandatory", minDays: 30 },
      "sg-egress-restricted": { enforcementLevel: "mandatory", everywhere: true },
    });
  });

  it("is production's for a stack that nobody has classified", () => {
    expect(of("qa")).toEqual(of("production"));
  });

  it("is nothing for another project, and where no stack is named", () => {
    expect(of("production", "shop")).toEqual({});
    expect(of(undefined)).toEqual({});
    expect(initialConfiguration({ project: undefined, stack: "production" }, rules)).toEqual({});
  });

  it("keeps a level that a rule has of its own: left out, the engine would read advisory", () => {
    const strict = [
      { name: "logs-retention", enforcementLevel: "advisory" as const },
      { name: "rds-backup-retention" },
    ];
    expect(initialConfiguration({ project: "preflight", stack: "production" }, strict)).toEqual({
      "logs-retention": expect.objectContaining({ enforcementLevel: "advisory" }),
      "rds-backup-retention": { enforcementLevel: "advisory", minDays: 30 },
    });
  });

  it("follows a standard that changes", () => {
    const stricter = settingsByStrictness({ database: { minBackupRetentionDays: 31 }, logs: LOGS });
    expect(DATABASE.minBackupRetentionDays).toBe(30);
    expect(stricter.production["rds-backup-retention"]).toEqual({ minDays: 31 });
  });

  it("names rules of the pack and settings that these have", () => {
    const settings = new Map(
      rules.map(({ name, configSchema }) => [name, Object.keys(configSchema?.properties ?? {})]),
    );
    for (const configuration of Object.values(settingsByStrictness())) {
      for (const [name, values] of Object.entries(configuration))
        expect(settings.get(name)).toEqual(expect.arrayContaining(Object.keys(values)));
    }
  });
});
