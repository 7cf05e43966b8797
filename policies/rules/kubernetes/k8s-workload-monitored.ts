import type { Metadata, WorkloadProps } from "../../lib/pod.ts";
import { stackRule } from "../../lib/rule.ts";
import { namespaceOf, podLabels, REPLICATED_TYPES, selectsLabels } from "../../lib/workload.ts";

interface Selecting {
  readonly metadata?: Metadata;
  readonly spec?: {
    readonly selector?: Readonly<Record<string, unknown>> & { readonly matchLabels?: Readonly<Record<string, string>> };
  };
}

/** A service's selector is the map itself, a monitor's has matchLabels. */
function labelsOf(value: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(value ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

export const k8sWorkloadMonitored = stackRule<WorkloadProps>({
  name: "k8s-workload-monitored",
  description: "Every workload is scraped by a ServiceMonitor or PodMonitor: what nobody measures fails unseen.",
  severity: "medium",
  checklist: ["MON-02"],
  url: "https://prometheus-operator.dev/docs/developer/getting-started/",
  remediation: "Give the service a metrics port in the catalogue: its monitor follows.",
  type: REPLICATED_TYPES,
  check(workload, stack, report) {
    const here = (resource: { readonly props: Selecting }) => namespaceOf(resource) === namespaceOf(workload);
    const pods = podLabels(workload);
    const byPod = stack
      .ofType<Selecting>("kubernetes:monitoring.coreos.com/v1:PodMonitor")
      .some((monitor) => here(monitor) && selectsLabels(monitor.props.spec?.selector?.matchLabels, pods));
    const services = stack.ofType<Selecting>("kubernetes:core/v1:Service").filter((service) => {
      const selector = labelsOf(service.props.spec?.selector);
      return here(service) && Object.keys(selector).length > 0 && selectsLabels(selector, pods);
    });
    const byService = stack
      .ofType<Selecting>("kubernetes:monitoring.coreos.com/v1:ServiceMonitor")
      .some(
        (monitor) =>
          here(monitor) &&
          services.some((service) =>
            selectsLabels(monitor.props.spec?.selector?.matchLabels, service.props.metadata?.labels ?? {}),
          ),
      );
    if (!byPod && !byService)
      report({ property: "(ServiceMonitor)", found: "nothing", required: "a monitor that selects the workload" });
  },
});
