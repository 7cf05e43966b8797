import { describe, expect, it } from "vitest";

import { k8sRbacNoClusterAdmin } from "../../../policies/rules/kubernetes/k8s-rbac-no-cluster-admin.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const GROUP = "kubernetes:rbac.authorization.k8s.io/v1";

describe(k8sRbacNoClusterAdmin.name, () => {
  it.each([
    {
      title: "accepts a binding of a narrow role",
      type: "ClusterRoleBinding",
      props: { roleRef: { name: "view" } },
      findings: [],
    },
    {
      title: "accepts every verb on named resources",
      type: "Role",
      props: { rules: [{ resources: ["leases"], verbs: ["*"] }] },
      findings: [],
    },
    {
      title: "rejects a binding to cluster-admin",
      type: "ClusterRoleBinding",
      props: { roleRef: { name: "cluster-admin" } },
      findings: ["roleRef.name is cluster-admin, required a role with named rights"],
    },
    {
      title: "rejects it in a namespace too, and by a patch",
      type: "RoleBindingPatch",
      props: { roleRef: { name: "cluster-admin" } },
      findings: ["roleRef.name is cluster-admin, required a role with named rights"],
    },
    {
      title: "rejects everything on everything",
      type: "ClusterRole",
      props: { rules: [{ resources: ["*"], verbs: ["get", "*"] }] },
      findings: ["rules[0] is every verb on every resource, required named verbs on named resources"],
    },
    { title: "accepts an empty role", type: "ClusterRole", props: {}, findings: [] },
    {
      title: "is undetermined while the role is unknown",
      type: "RoleBinding",
      props: { roleRef: { name: UNKNOWN } },
      findings: ["undetermined: roleRef.name"],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(k8sRbacNoClusterAdmin, `${GROUP}:${type}`, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(k8sRbacNoClusterAdmin, "kubernetes:core/v1:ServiceAccount", {
        roleRef: { name: "cluster-admin" },
      }),
    ).toEqual([]);
  });
});
