import { describe, expect, it } from "vitest";

import { elasticacheInTransitAuth } from "../../../policies/rules/elasticache/elasticache-in-transit-auth.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const TLS = { transitEncryptionEnabled: true, transitEncryptionMode: "required" };
const NO_USERS = "required a group of users, or an authToken";

describe(elasticacheInTransitAuth.name, () => {
  it.each([
    { title: "accepts TLS with users", props: { ...TLS, userGroupIds: ["group"] }, findings: [] },
    {
      title: "accepts TLS with users of the same deployment",
      props: { ...TLS, userGroupIds: [UNKNOWN] },
      findings: [],
    },
    { title: "accepts TLS with a token, known or not", props: { ...TLS, authToken: UNKNOWN }, findings: [] },
    { title: "accepts TLS with a token that no state keeps", props: { ...TLS, authTokenWo: "token" }, findings: [] },
    {
      title: "rejects an absent switch",
      props: { userGroupIds: ["group"] },
      findings: ["transitEncryptionEnabled is nothing, required true"],
    },
    {
      title: "rejects TLS switched off",
      props: { transitEncryptionEnabled: false, userGroupIds: ["group"] },
      findings: ["transitEncryptionEnabled is false, required true"],
    },
    {
      title: "rejects a mode that also takes plain connections",
      props: { ...TLS, transitEncryptionMode: "preferred", userGroupIds: ["group"] },
      findings: ["transitEncryptionMode is preferred, which also lets plain connections in, required required"],
    },
    { title: "rejects a cache without users", props: TLS, findings: [`userGroupIds is nothing, ${NO_USERS}`] },
    {
      title: "rejects an empty list of groups",
      props: { ...TLS, userGroupIds: [] },
      findings: [`userGroupIds is [], ${NO_USERS}`],
    },
    {
      title: "is undetermined while the switch is unknown",
      props: { transitEncryptionEnabled: UNKNOWN },
      findings: ["undetermined: transitEncryptionEnabled"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(elasticacheInTransitAuth, GROUP, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(elasticacheInTransitAuth, "aws:elasticache/user:User", {})).toEqual([]);
  });
});
