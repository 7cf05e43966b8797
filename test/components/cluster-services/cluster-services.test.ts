import { beforeAll, describe, expect, it } from "vitest";

import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { MASTER_SECRET_ARN, makeClusterServices } from "../../support/cluster-services-program.ts";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const POLICY = "aws:iam/rolePolicy:RolePolicy";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const STORE = "kubernetes:external-secrets.io/v1:SecretStore";
const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

let resources: Registered[];
const ready: string[] = [];
beforeAll(async () => {
  resources = await deploy(() => {
    for (const { urn } of makeClusterServices().ready) urn.apply((text) => ready.push(text));
  });
});

interface Statement {
  readonly Sid: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, unknown>>;
}
const statements = (name: string): Statement[] =>
  JSON.parse(String(only(resources, POLICY, name).inputs["policy"])).Statement;
const release = (name: string) => only(resources, RELEASE, `services-${name}`);
const egressText = (name: string) => JSON.stringify(only(resources, NETWORK_POLICY, name).inputs["spec"]);

describe("Every release", () => {
  it("is pinned, whole or not at all, and can go back", () => {
    expect(ofType(resources, RELEASE)).toHaveLength(9);
    for (const { inputs } of ofType(resources, RELEASE)) {
      expect(inputs["version"]).toMatch(/^v?\d+\.\d+\.\d+$/);
      expect(inputs).toMatchObject({ atomic: true, cleanupOnFail: true, maxHistory: 5, waitForJobs: true });
    }
  });

  it("comes after the kinds that it uses and after its own identity and ways", () => {
    for (const name of [
      "argo-rollouts",
      "cert-manager",
      "external-dns",
      "external-secrets",
      "karpenter",
      "keda",
      "load-balancer",
    ]) {
      expect(release(name).dependsOn).toContain("services-prometheus-crds");
    }
    expect(
      ofType(resources, ASSOCIATION)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(
      ["argo-rollouts", "external-dns", "external-secrets", "karpenter", "keda", "load-balancer"].map(
        (name) => `services-${name}`,
      ),
    );
    const policied = ofType(resources, NETWORK_POLICY).filter(({ name }) => name.startsWith("services-"));
    expect(policied).toHaveLength(12);
    for (const { name } of ofType(resources, ASSOCIATION))
      expect(release(name.replace("services-", "")).dependsOn).toContain(name);
    for (const name of ["external-secrets", "load-balancer"])
      expect(release(name).dependsOn).toContain("services-cert-manager-internal");
  });

  it("labels its pods as the policies that allow their traffic select them", () => {
    // Spreads name the label too, of pods that may not have it.
    const values = JSON.stringify(
      ofType(resources, RELEASE).map(({ inputs }) => inputs["values"]),
      (key, value: unknown) => (key === "topologySpreadConstraints" ? undefined : value),
    );
    const selected = ofType(resources, NETWORK_POLICY)
      .filter(({ name }) => name.startsWith("services-"))
      .map(({ inputs }) => JSON.parse(JSON.stringify(inputs["spec"])).podSelector.matchLabels);
    expect(selected.length).toBeGreaterThan(5);
    for (const labels of selected) expect(values).toContain(JSON.stringify(labels));
  });

  it("keeps its kinds when it goes", () => {
    expect(release("prometheus-crds").inputs["values"]).toMatchObject({
      crds: { annotations: { "helm.sh/resource-policy": "keep" } },
    });
    expect(release("karpenter-crds").inputs["values"]).toMatchObject({
      additionalAnnotations: { "helm.sh/resource-policy": "keep" },
    });
    expect(release("cert-manager").inputs["values"]).toMatchObject({ crds: { keep: true } });
    expect(release("argo-rollouts").inputs["values"]).toMatchObject({ keepCRDs: true });
  });
});

describe("Secret stores", () => {
  it("are one for each namespace, with a role that reads the namespace's path and no other", () => {
    expect(ofType(resources, STORE)).toHaveLength(3);
    const path = (namespace: string) =>
      `arn:aws:secretsmanager:eu-west-1:111122223333:secret:preflight-staging/${namespace}/*`;
    const read = (namespace: string) =>
      statements(`services-external-secrets-${namespace}`).find(({ Sid }) => Sid === "ReadSecrets")?.Resource;
    expect(read("shop")).toEqual([path("shop")]);
    expect(read("monitoring")).toEqual([path("monitoring")]);
    expect(read("platform")).toEqual([path("platform"), MASTER_SECRET_ARN]);
    const roles = ofType(resources, STORE)
      .map(({ inputs }) => inputs["spec"])
      .map((spec) => JSON.stringify(spec));
    expect(new Set(roles).size).toBe(3);
  });

  it("are the only thing that the controller may become, and it may do nothing itself", () => {
    const all = statements("services-external-secrets-stores");
    expect(all.map(({ Action }) => Action)).toEqual([["sts:AssumeRole", "sts:TagSession"]]);
    expect(all[0]?.Resource).toHaveLength(3);
    expect(ofType(resources, POLICY).filter(({ name }) => name === "services-external-secrets")).toEqual([]);
    expect(release("external-secrets").inputs["values"]).toMatchObject({
      processClusterStore: false,
      rbac: { aggregateToEdit: false, serviceAccountTokenCreate: false },
    });
  });

  it("come after the permissions without which they would fail at first", () => {
    expect(only(resources, STORE, "services-external-secrets-shop").dependsOn).toEqual(
      expect.arrayContaining(["services-external-secrets", "services-external-secrets-shop"]),
    );
  });
});

describe("Permissions", () => {
  it("let external-dns write addresses in one zone, and delete none", () => {
    const write = statements("services-external-dns").find(({ Sid }) => Sid === "WriteAddresses");
    expect(write).toMatchObject({
      Resource: "arn:aws:route53:::hostedzone/Z1",
      Condition: { "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsActions": ["CREATE", "UPSERT"] } },
    });
    expect(release("external-dns").inputs["values"]).toMatchObject({
      policy: "upsert-only",
      txtOwnerId: "preflight-staging",
      domainFilters: ["staging.example.com"],
      extraArgs: { "zone-id-filter": "Z1" },
    });
  });

  it("lets KEDA's metrics API reach its operator by the labels that the operator's service selects by", () => {
    const { spec } = only(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy", "services-keda-metrics")
      .inputs as {
      spec: { egress: unknown };
    };
    // The chart's service has this selector; a policy that names other labels of the same pods shuts its address out.
    expect(JSON.stringify(spec.egress)).toContain('"podSelector":{"matchLabels":{"app":"keda-operator"}}');
  });

  it("let KEDA read the depth of our queues, and no message", () => {
    expect(statements("services-keda")).toMatchObject([
      { Action: "sqs:GetQueueAttributes", Resource: ["arn:aws:sqs:eu-west-1:111122223333:orders"] },
    ]);
  });

  it("let the balancer controller change only what carries this cluster's tag", () => {
    const changing = statements("services-load-balancer").filter(({ Sid }) =>
      ["ChangeOwnGroups", "ChangeOwnOnes", "MakeListeners", "TagOwnOnes"].includes(Sid),
    );
    expect(changing).toHaveLength(4);
    for (const { Condition } of changing)
      expect(Condition).toMatchObject({
        StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "preflight-staging" },
      });
  });

  it("give Karpenter the nodes' role and profile, and no way to make others", () => {
    const actions = statements("services-karpenter").flatMap(({ Action }) => Action);
    expect(actions.filter((action) => action.startsWith("iam:")).toSorted()).toEqual([
      "iam:CreateServiceLinkedRole",
      "iam:GetInstanceProfile",
      "iam:ListInstanceProfiles",
      "iam:PassRole",
    ]);
    expect(statements("services-karpenter").find(({ Sid }) => Sid === "GiveNodesTheirRole")?.Resource).toBe(
      "arn:aws:iam::111122223333:role/nodes",
    );
    expect(statements("services-karpenter").find(({ Sid }) => Sid === "EncryptDisks")).toMatchObject({
      Resource: "arn:aws:kms:eu-west-1:111122223333:key/volumes",
      Condition: { StringEquals: { "kms:ViaService": "ec2.eu-west-1.amazonaws.com" } },
    });
  });
});

describe("Ways", () => {
  it("lead to AWS only for controllers that call it", () => {
    expect(egressText("services-load-balancer")).toContain("0.0.0.0/0");
    for (const name of ["services-cert-manager", "services-keda-metrics", "services-external-secrets-webhook"])
      expect(egressText(name)).not.toContain("0.0.0.0/0");
  });

  it("let the API server in at the webhooks", () => {
    expect(only(resources, NETWORK_POLICY, "services-load-balancer").inputs["spec"]).toMatchObject({
      ingress: expect.arrayContaining([
        { from: [{ ipBlock: { cidr: "10.20.24.0/22" } }], ports: [{ protocol: "TCP", port: 9443 }] },
      ]),
    });
  });
});

describe("What workloads depend on", () => {
  it("holds stores, authentications, pools and controllers, so that these outlive the workloads", () => {
    const text = ready.join("\n");
    for (const part of [
      "SecretStore",
      "TriggerAuthentication",
      "NodePool",
      "services-load-balancer",
      "services-argo-rollouts",
      "PriorityClass",
    ])
      expect(text).toContain(part);
  });

  it("has authentications where services are, and nowhere else", () => {
    expect(ofType(resources, "kubernetes:keda.sh/v1alpha1:TriggerAuthentication").map(({ name }) => name)).toEqual([
      "services-keda-shop",
    ]);
  });
});

describe("A way to pods behind a Service of somebody else's", () => {
  it("names what the Service selects: the operator's Service of KEDA 2.20.2 has the selector app alone", () => {
    const { egress } = JSON.parse(
      JSON.stringify(only(resources, NETWORK_POLICY, "services-keda-metrics").inputs["spec"]),
    );
    expect(egress).toContainEqual({
      to: [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "platform" } },
          podSelector: { matchLabels: { app: "keda-operator" } },
        },
      ],
      ports: [{ protocol: "TCP", port: 9666 }],
    });
  });
});
