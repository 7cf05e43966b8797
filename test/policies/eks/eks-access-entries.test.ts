import { describe, expect, it } from "vitest";

import { eksAccessEntries } from "../../../policies/rules/eks/eks-access-entries.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:eks/cluster:Cluster";
const MODE = (found: string) => `accessConfig.authenticationMode is ${found}, required API or API_AND_CONFIG_MAP`;
const CREATOR = (found: string) => `accessConfig.bootstrapClusterCreatorAdminPermissions is ${found}, required false`;

describe(eksAccessEntries.name, () => {
  it.each([
    {
      title: "accepts entries alone",
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      findings: [],
    },
    {
      title: "accepts entries beside the ConfigMap, on the way away from it",
      accessConfig: { authenticationMode: "API_AND_CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: false },
      findings: [],
    },
    {
      title: "rejects the ConfigMap alone",
      accessConfig: { authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: false },
      findings: [MODE("CONFIG_MAP")],
    },
    {
      title: "rejects a creator who becomes administrator",
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
      findings: [CREATOR("true")],
    },
    {
      title: "rejects an absent switch, which AWS reads as on",
      accessConfig: { authenticationMode: "API" },
      findings: [CREATOR("nothing")],
    },
    {
      title: "rejects an absent configuration",
      accessConfig: undefined,
      findings: [MODE("nothing"), CREATOR("nothing")],
    },
    {
      title: "is undetermined while the mode is unknown",
      accessConfig: { authenticationMode: UNKNOWN, bootstrapClusterCreatorAdminPermissions: false },
      findings: ["undetermined: accessConfig.authenticationMode"],
    },
  ])("$title", async ({ accessConfig, findings }) => {
    expect(await evaluate(eksAccessEntries, CLUSTER, accessConfig === undefined ? {} : { accessConfig })).toEqual(
      findings,
    );
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(eksAccessEntries, "aws:ecs/cluster:Cluster", {})).toEqual([]);
  });
});
