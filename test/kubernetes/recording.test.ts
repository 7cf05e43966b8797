import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";

import { describeWith } from "../support/requirements.ts";
import { STACK_NAMES } from "../support/stack-files.ts";
import { goes, readManifests } from "./support/environment.ts";
import { Kubectl, until } from "./support/kubectl.ts";
import { NO_LAB } from "./support/lab.ts";
import { MINIMAL, MINIMAL_NAMESPACE } from "./support/minimal.ts";
import type { Manifest } from "./support/recording.ts";
import { differences } from "./support/recording.ts";

const lab = inject("lab");
const LAB = { here: lab !== undefined, missing: NO_LAB };

describeWith(LAB, "what the preview's cloud answers for objects", () => {
  const kubectl = new Kubectl(lab?.kubeconfig ?? "");
  const listOf = (items: readonly Manifest[]) => ({ apiVersion: "v1", kind: "List", items });

  /** Makes the objects, reads each once and takes all away again. */
  async function compare(manifests: readonly Manifest[]): Promise<string[]> {
    try {
      const apply = ["apply", "--server-side", "--field-manager=preflight", "--validate=strict", "-f", "-"];
      await kubectl.must(apply, listOf(manifests));
      const { items }: { readonly items: readonly Record<string, unknown>[] } = JSON.parse(
        await kubectl.must(["get", "-o", "json", "-f", "-"], listOf(manifests)),
      );
      expect(items).toHaveLength(manifests.length);
      return manifests.flatMap((manifest, index) => differences(manifest, items[index] ?? {}));
    } finally {
      await kubectl.must(["delete", "--ignore-not-found", "--wait=false", "-f", "-"], listOf(manifests.filter(goes)));
    }
  }

  const gone = (namespaces: readonly string[]) =>
    until("the namespaces are gone", async () => {
      const left = await kubectl.list("namespaces");
      return !left.some(({ metadata }) => namespaces.includes(metadata.name));
    });

  describe.each(STACK_NAMES)("of %s", (environment) => {
    it("is what a real API server makes of them", async () => {
      const manifests = readManifests(join(lab?.manifests ?? "", environment)).map(({ object }) => object);
      expect(manifests.length).toBeGreaterThan(50);
      expect(await compare(manifests)).toEqual([]);
      await gone(manifests.flatMap(({ kind, metadata }) => (kind === "Namespace" ? [metadata.name] : [])));
    });
  });

  it("that say as little as they may is what a real API server makes of them", async () => {
    expect(await compare(MINIMAL)).toEqual([]);
    await gone([MINIMAL_NAMESPACE]);
  });
});
