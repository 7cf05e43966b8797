import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { parse } from "yaml";

import { token } from "../../../preview/cloud/tokens.ts";
import type { Resource } from "../../../preview/engine/model.ts";
import { makeSecret } from "../../../preview/engine/wire.ts";
import { manifestFiles } from "../../../preview/manifests/files.ts";
import { writeManifests } from "../../../preview/manifests/write.ts";

const REST = {
  parent: undefined,
  provider: undefined,
  dependencies: [],
  propertyDependencies: {},
  protect: undefined,
  retainOnDelete: undefined,
  deletedWith: undefined,
  deleteBeforeReplace: undefined,
  ignoreChanges: [],
  replaceOnChanges: [],
  additionalSecretOutputs: [],
  aliases: [],
  timeouts: { create: 0, update: 0, delete: 0 },
  importId: undefined,
  source: undefined,
  custom: true,
  read: false,
  id: "id",
};

const resource = (type: string, inputs: Record<string, unknown>, over: Partial<Resource> = {}): Resource => {
  const name = over.name ?? "app";
  return {
    ...REST,
    type,
    name,
    urn: `urn:pulumi:test::project::${type}::${name}`,
    inputs,
    checked: inputs,
    outputs: inputs,
    ...over,
  };
};
const metadata = { name: "app", namespace: "shop" };

/** The files of these resources without the index. */
function objects(...resources: Resource[]): [string, unknown][] {
  return [...manifestFiles("test", resources)].slice(1).map(([name, text]) => [name, parse(text, { version: "1.1" })]);
}
/** The one object that these resources are. */
function only(...resources: Resource[]): unknown {
  const [[, object] = [], ...others] = objects(...resources);
  expect(others).toEqual([]);
  return object;
}

describe("the manifest of a resource", () => {
  it.each([
    ["kubernetes:core/v1:ConfigMap", "v1", "ConfigMap"],
    ["kubernetes:apps/v1:Deployment", "apps/v1", "Deployment"],
    ["kubernetes:networking.k8s.io/v1:NetworkPolicy", "networking.k8s.io/v1", "NetworkPolicy"],
    ["kubernetes:argoproj.io/v1alpha1:Rollout", "argoproj.io/v1alpha1", "Rollout"],
  ])("has apiVersion and kind of its type: %s", (type, apiVersion, kind) => {
    expect(only(resource(type, { metadata }))).toEqual({ apiVersion, kind, metadata });
  });

  it("of a patch is the patched object's kind, without what only the provider reads", () => {
    const annotations = { "pulumi.com/patchForce": "true", kept: "yes" };
    const [[name, object] = []] = objects(
      resource("kubernetes:core/v1:ServiceAccountPatch", { metadata: { ...metadata, annotations } }),
    );
    expect(name).toBe("2.shop.serviceaccount.app.patch.yaml");
    expect(object).toEqual({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { ...metadata, annotations: { kept: "yes" } },
    });
  });

  it("has the name that the provider makes up where the program gives none", () => {
    expect(
      only(resource("kubernetes:core/v1:ConfigMap", {}, { outputs: { metadata: { name: "app-1234" } } })),
    ).toMatchObject({ metadata: { name: "app-1234" } });
  });

  it("shows no secret: marked ones are masked, and all data of a Secret", () => {
    const deployment = resource("kubernetes:apps/v1:Deployment", { metadata, spec: { token: makeSecret("hunter2") } });
    const plain = resource("kubernetes:core/v1:Secret", {
      metadata,
      data: { a: "aHVudGVyMg==" },
      stringData: { b: "hunter2" },
    });
    const wrapped = resource(
      "kubernetes:core/v1:Secret",
      { metadata, stringData: makeSecret({ c: "hunter2" }) },
      { name: "other" },
    );
    expect(only(deployment)).toMatchObject({ spec: { token: "[secret]" } });
    expect(only(plain)).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata,
      data: { a: "W3NlY3JldF0=", b: "W3NlY3JldF0=" },
    });
    expect(only(wrapped)).toEqual({ apiVersion: "v1", kind: "Secret", metadata, data: {} });
  });

  it("has acceptable letters in place of what the fake cloud made up", () => {
    const made = token("urn:a", "primaryEndpointAddress");
    const object = only(
      resource("kubernetes:networking.k8s.io/v1:NetworkPolicy", {
        metadata,
        spec: { cidr: made, host: made, url: `https://${made}/x`, arn: token("urn:a", "arn") },
      }),
    );
    expect(object).toMatchObject({
      spec: {
        cidr: expect.stringMatching(/^198\.18\.\d+\.\d+\/32$/),
        host: expect.stringMatching(/^ref-[0-9a-f]{12}-primaryendpointaddress$/),
        url: expect.stringMatching(/^https:\/\/ref-[0-9a-f]{12}-primaryendpointaddress\/x$/),
        arn: expect.stringMatching(/^arn:aws:ref:us-east-1:123456789012:ref-[0-9a-f]{12}-arn$/),
      },
    });
  });

  it("keeps texts texts for readers of YAML 1.1", () => {
    const data = { a: "yes", b: "on", c: "1e3", d: "012", e: "12:30:45", f: "null", g: "line\nline\n" };
    expect(only(resource("kubernetes:core/v1:ConfigMap", { metadata, data }))).toMatchObject({ data });
  });

  it("is none for charts, lists, look-ups and other clouds; the index says which", () => {
    const files = manifestFiles("test", [
      resource("kubernetes:helm.sh/v3:Release", {
        name: "keda",
        chart: "keda",
        version: "1.2.3",
        namespace: "platform",
        repositoryOpts: { repo: "https://charts.example.com" },
      }),
      resource("kubernetes:core/v1:ConfigMapList", { items: [] }),
      resource("kubernetes:core/v1:Service", { metadata }, { read: true }),
      resource("aws:s3/bucket:Bucket", {}),
      resource("pulumi:providers:kubernetes", {}),
    ]);
    expect([...files.keys()]).toEqual(["README.md"]);
    expect(files.get("README.md")).toContain("- keda: keda 1.2.3 of https://charts.example.com, namespace platform");
    expect(files.get("README.md")).toContain("kubernetes:core/v1:ConfigMapList app: it is a list");
    expect(files.get("README.md")).toContain("kubernetes:core/v1:Service app: it is only looked up");
    expect(files.get("README.md")).not.toContain("aws:s3");
  });

  it("is refused when two resources are one object", () => {
    const twin = resource("kubernetes:core/v1:ConfigMap", { metadata });
    expect(() => manifestFiles("test", [twin, { ...twin, urn: "urn:b" }])).toThrow(
      "Two resources of test are the same Kubernetes object: 2.shop.configmap.app.yaml",
    );
  });
});

describe("the files", () => {
  it("are the same in whatever order resources come, namespaces first", () => {
    const some = [
      resource("kubernetes:apps/v1:Deployment", { metadata, spec: { b: 1, a: 2 } }),
      resource("kubernetes:core/v1:ConfigMap", { metadata }),
      resource("kubernetes:core/v1:Namespace", { metadata: { name: "shop" } }),
    ];
    expect([...manifestFiles("test", some)]).toEqual([...manifestFiles("test", some.toReversed())]);
    expect(objects(...some).map(([name]) => name)).toEqual([
      "1.cluster.namespace.shop.yaml",
      "2.shop.configmap.app.yaml",
      "3.shop.deployment.apps.app.yaml",
    ]);
  });

  let directory = "";
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it("of an earlier run go away, files of others stay and stop the command", () => {
    directory = mkdtempSync(join(tmpdir(), "preflight-manifests-"));
    const one = resource("kubernetes:core/v1:ConfigMap", { metadata });
    writeManifests(directory, "test", [one]);
    writeManifests(directory, "test", [{ ...one, inputs: { metadata: { ...metadata, name: "new" } } }]);
    expect(readdirSync(join(directory, "test"))).toEqual(["2.shop.configmap.new.yaml", "README.md"]);
    writeFileSync(join(directory, "test", "README.md"), "# Mine\n");
    expect(() => {
      writeManifests(directory, "test", [one]);
    }).toThrow("holds files that the preview did not write");
    expect(readFileSync(join(directory, "test", "README.md"), "utf8")).toBe("# Mine\n");
  });
});
