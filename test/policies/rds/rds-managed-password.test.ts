import { describe, expect, it } from "vitest";

import { rdsManagedPassword } from "../../../policies/rules/rds/rds-managed-password.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/instance:Instance";

describe(rdsManagedPassword.name, () => {
  it.each([
    {
      title: "accepts a password that RDS manages",
      type: CLUSTER,
      props: { manageMasterUserPassword: true },
      findings: [],
    },
    {
      title: "accepts a replica, which has no password of its own",
      type: INSTANCE,
      props: { replicateSourceDb: "primary" },
      findings: [],
    },
    {
      title: "accepts a write-only password, which no state keeps",
      type: INSTANCE,
      props: { passwordWo: UNKNOWN, passwordWoVersion: 1 },
      findings: [],
    },
    {
      title: "accepts a switch that is not known yet: no password is there",
      type: CLUSTER,
      props: { manageMasterUserPassword: UNKNOWN },
      findings: [],
    },
    {
      title: "rejects a password, and does not print it",
      type: INSTANCE,
      props: { password: "hunter2" },
      findings: ["password is a password given by the program, required nothing"],
    },
    {
      title: "accepts a database that says nothing of a password, which puts none into the state",
      type: CLUSTER,
      props: {},
      findings: [],
    },
    {
      title: "rejects an empty password, because presence decides",
      type: INSTANCE,
      props: { password: "" },
      findings: ["password is a password given by the program, required nothing"],
    },
    {
      title: "rejects a generated password that is not known yet",
      type: CLUSTER,
      props: { masterPassword: UNKNOWN },
      findings: ["masterPassword is a password given by the program, required nothing"],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(rdsManagedPassword, type, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(rdsManagedPassword, "aws:rds/clusterInstance:ClusterInstance", { password: "hunter2" }),
    ).toEqual([]);
  });
});
