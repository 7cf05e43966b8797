import { describe, expect, it } from "vitest";

import { createParameterGroups } from "../../../components/database/parameters.ts";
import { AURORA_POSTGRESQL } from "../../../standards/facts/aurora-postgresql.ts";
import { DATABASE_PARAMETERS } from "../../../standards/facts/database-parameters.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, only } from "../../support/cloud.ts";
import { DATABASE_SETTINGS } from "../../support/database-settings.ts";

interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: string;
}

const parametersOf = (group: Registered) =>
  new Map((group.inputs["parameters"] as Parameter[]).map((parameter) => [parameter.name, parameter]));

describe("parameters of a major release", () => {
  const of = async (engineVersion: string) => {
    const resources = await deploy(() => {
      createParameterGroups("database", { ...DATABASE_SETTINGS, engineVersion }, {});
    });
    return [
      only(resources, "aws:rds/clusterParameterGroup:ClusterParameterGroup"),
      only(resources, "aws:rds/parameterGroup:ParameterGroup"),
    ] as const;
  };

  it.each([
    { engineVersion: "16.15", family: "aurora-postgresql16", logged: "1", tls: "immediate" },
    { engineVersion: "17.11", family: "aurora-postgresql17", logged: "1", tls: "pending-reboot" },
    { engineVersion: "18.6", family: "aurora-postgresql18", logged: "all", tls: "pending-reboot" },
  ])("are those of its family: $engineVersion", async ({ engineVersion, family, logged, tls }) => {
    const groups = await of(engineVersion);
    expect(groups.map(({ inputs }) => inputs["family"])).toEqual([family, family]);
    const parameters = parametersOf(groups[0]);
    expect(parameters.get("log_connections")?.value).toBe(logged);
    // TLS is what servers demand by themselves from 17 on.
    expect(parameters.get("rds.force_ssl")).toEqual({ name: "rds.force_ssl", value: "1", applyMethod: tls });
  });

  it.each(Object.keys(AURORA_POSTGRESQL.majors))(
    "are none that the family refuses, and no default set at once: %s",
    async (major) => {
      const groups = await of(`${major}.3`);
      const all = groups.flatMap((group) => [...parametersOf(group).values()]);
      expect(all.length).toBeGreaterThan(15);
      expect(
        all.filter(({ name, value }) => DATABASE_PARAMETERS.refused[name]?.[major]?.includes(value) === true),
      ).toEqual([]);
      expect(
        all.filter(
          ({ name, value, applyMethod }) =>
            applyMethod === "immediate" && DATABASE_PARAMETERS.defaults[name]?.[major] === value,
        ),
      ).toEqual([]);
    },
  );
});
