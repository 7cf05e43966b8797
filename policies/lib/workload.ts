import type { Metadata, WorkloadProps } from "./pod.ts";
import { podOf } from "./pod.ts";
import type { StackResource, StackView } from "./rule.ts";
import { writtenBy } from "./stack-view.ts";

/** Kinds whose pods serve and are replaced one by one. */
export const REPLICATED_TYPES = [
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:argoproj.io/v1alpha1:Rollout",
] as const;

interface HpaProps {
  readonly metadata?: Metadata;
  readonly spec?: {
    readonly minReplicas?: number;
    readonly scaleTargetRef?: { readonly name?: string; readonly kind?: string };
  };
}

interface ScaledObjectProps {
  readonly metadata?: Metadata;
  readonly spec?: {
    readonly minReplicaCount?: number;
    readonly scaleTargetRef?: { readonly name?: string; readonly kind?: string };
  };
}

/** An autoscaler of a workload: its kind and how many pods it keeps. */
export interface Autoscaler {
  readonly name: string;
  readonly minReplicas: number;
}

/** The label by which Argo Rollouts tells a workload's versions apart: on their pods, and in selectors that it narrows. */
const VERSION_LABEL = "rollouts-pod-template-hash";

/**
 * Whether every label that a selector asks for is there; an empty selector takes everything. The label of a version counts
 * as there: the controller gives it to the pods of the workload whose Services it narrows.
 */
export function selectsLabels(
  selector: Readonly<Record<string, string>> | undefined,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector ?? {}).every(([key, value]) => key === VERSION_LABEL || labels[key] === value);
}

export const namespaceOf = (resource: { readonly props: { readonly metadata?: Metadata } }): string =>
  resource.props.metadata?.namespace ?? "default";

export function podLabels(workload: StackResource<WorkloadProps>): Readonly<Record<string, string>> {
  return podOf(workload.type, workload.props)?.labels ?? {};
}

/** The HPA or KEDA object that scales a workload. */
export function autoscalerOf(workload: StackResource<WorkloadProps>, stack: StackView): Autoscaler | undefined {
  const name = workload.props.metadata?.name;
  const kind = workload.type.split(":").at(-1);
  const isOf = (scaler: { readonly props: HpaProps | ScaledObjectProps }) => {
    const target = scaler.props.spec?.scaleTargetRef;
    // KEDA reads an absent kind as Deployment.
    return (
      namespaceOf(scaler) === namespaceOf(workload) && target?.name === name && (target?.kind ?? "Deployment") === kind
    );
  };
  const hpa = stack.ofType<HpaProps>("kubernetes:autoscaling/v2:HorizontalPodAutoscaler").find(isOf);
  if (hpa !== undefined) return { name: hpa.name, minReplicas: hpa.props.spec?.minReplicas ?? 1 };
  const scaled = stack.ofType<ScaledObjectProps>("kubernetes:keda.sh/v1alpha1:ScaledObject").find(isOf);
  return scaled === undefined ? undefined : { name: scaled.name, minReplicas: scaled.props.spec?.minReplicaCount ?? 0 };
}

/** How many pods a workload has at least: its autoscaler's floor, else its own number. */
export function minReplicasOf(workload: StackResource<WorkloadProps>, stack: StackView): number {
  // Kubernetes reads an absent number as 1, and answers one for every workload: the program's own is asked.
  return autoscalerOf(workload, stack)?.minReplicas ?? writtenBy(workload).spec?.replicas ?? 1;
}
