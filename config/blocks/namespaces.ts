import * as z from "zod";

import { NAMESPACES } from "../../standards/namespaces.ts";
import { defineBlock } from "../block.ts";
import { checkNamespaceNames } from "../checks/reserved-names.ts";
import { showValue } from "../problems/problem.ts";
import { slug, wholeNumber } from "../types.ts";

const amount = (unit: string, max: number, description: string) => wholeNumber({ min: 0, max, unit }, description);

const quota = z.strictObject({
  pods: amount("pods", 10_000, "Pods at the same time"),
  cpuRequestCores: amount("cores", 10_000, "Processor cores which all pods together may reserve"),
  memoryRequestGiB: amount("GiB", 100_000, "Memory which all pods together may reserve"),
  memoryLimitGiB: amount("GiB", 100_000, "Memory which all pods together may ever use"),
  volumes: amount("volumes", 1000, "Persistent volume claims"),
  storageGiB: amount("GiB", 100_000, "Storage of all persistent volume claims together"),
});

const containerDefaults = z.strictObject({
  cpuRequestMillicores: wholeNumber(
    { min: 1, max: 64_000, unit: "thousandths of a core" },
    "Reserved for a container that says nothing",
  ),
  memoryRequestMiB: wholeNumber({ min: 4, max: 524_288, unit: "MiB" }, "Reserved for a container that says nothing"),
  memoryLimitMiB: wholeNumber(
    { min: 4, max: 524_288, unit: "MiB" },
    "Memory at which a container that says nothing is stopped",
  ),
  maxMemoryMiB: wholeNumber(
    { min: 4, max: 524_288, unit: "MiB" },
    "Largest memory limit of one container; more than a node has can never start",
  ),
});

const namespace = z.strictObject({
  owner: slug("The team that answers for the namespace; a label", 63),
  tier: z.enum(NAMESPACES.tiers).meta({ description: "application: our services; platform: what keeps them running." }),
  podSecurity: z.enum(NAMESPACES.podSecurityLevels).meta({ description: "Pod Security level that is enforced." }),
  podSecurityReason: z
    .string()
    .meta({ description: 'Why the level is weaker than restricted, in a sentence; "" when it is restricted.' }),
  quota,
  containerDefaults,
});

const schema = z.record(slug("Name of a namespace; renaming it deletes all it holds", 63), namespace);

export type NamespacesSettings = z.output<typeof schema>;
export type NamespaceSettings = z.output<typeof namespace>;

export const namespacesBlock = defineBlock({
  schema,
  check(namespaces, report, profile) {
    checkNamespaceNames(Object.keys(namespaces), report);
    for (const [name, settings] of Object.entries(namespaces)) {
      const path = [name];
      const { podSecurity, podSecurityReason, quota: limits, containerDefaults: container, tier } = settings;
      const weaker = podSecurity !== NAMESPACES.defaultPodSecurity;
      if (weaker && podSecurityReason.trim().length < NAMESPACES.minReasonLength) {
        report({
          path: [...path, "podSecurityReason"],
          found: showValue(podSecurityReason),
          allowed: `a reason of at least ${NAMESPACES.minReasonLength} characters for the level ${podSecurity}`,
          fix: "Say what in the namespace needs it, or enforce restricted.",
        });
      }
      if (weaker && profile === "production" && tier === "application") {
        report({
          path: [...path, "podSecurity"],
          found: podSecurity,
          allowed: "restricted for the tier application in production",
          fix: "Harden the workload: no root, no host access, no added capability.",
        });
      }
      if (container.memoryRequestMiB > container.memoryLimitMiB || container.memoryLimitMiB > container.maxMemoryMiB) {
        report({
          path: [...path, "containerDefaults"],
          found: `request ${container.memoryRequestMiB}, limit ${container.memoryLimitMiB}, largest ${container.maxMemoryMiB} (MiB)`,
          allowed: "memoryRequestMiB <= memoryLimitMiB <= maxMemoryMiB",
          fix: "Order the three; Kubernetes refuses the limit range otherwise.",
        });
      }
      if (limits.memoryRequestGiB > limits.memoryLimitGiB) {
        report({
          path: [...path, "quota", "memoryLimitGiB"],
          found: showValue(limits.memoryLimitGiB),
          allowed: `at least memoryRequestGiB, which is ${limits.memoryRequestGiB} (GiB)`,
          fix: "Raise it: a container's limit is never below its request.",
        });
      }
    }
  },
});
