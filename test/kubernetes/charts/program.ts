import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Namespace } from "@pulumi/kubernetes/core/v1/index.js";
import { Provider } from "@pulumi/kubernetes/provider.js";

import { createDefinitions } from "../../../components/cluster-services/definitions.ts";
import { createRelease } from "../../../components/shared/kubernetes/release.ts";

/** What a run is asked for. */
export interface Asked {
  /** Text that changes with every revision. */
  readonly revision: string;
  /** How pods behave, in kube-lab's words; absent: they become ready. */
  readonly behaviour?: string;
  /** Whether the controller's kinds and the chart are no part of the program; absent: they are. */
  readonly without?: boolean;
}

const {
  revision,
  behaviour = "",
  without = false,
}: Asked = JSON.parse(readFileSync(process.env["PREFLIGHT_ASKED"] ?? "", "utf8"));
const provider = new Provider("lab", { kubeconfig: process.env["KUBECONFIG"] ?? "", clusterIdentifier: "lab" });
const namespace = new Namespace("charts", { metadata: { name: "charts" } }, { provider });

if (!without) {
  createRelease(
    "small",
    {
      chart: { chart: join(import.meta.dirname, "small"), version: "1.0.0" },
      namespace: namespace.metadata.name,
      values: { revision, behaviour },
    },
    { provider, dependsOn: createDefinitions("small", "external-dns", { provider }) },
  );
}
