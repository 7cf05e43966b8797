import type { ResourceValidationPolicy } from "@pulumi/policy";

import type { Report, RuleSpec, Subject } from "./rule.ts";
import { resourceRule } from "./rule.ts";

/** The parts of Kubernetes' pod specification which rules read. Everything may be absent: objects come from anywhere. */
export interface SecurityContext {
  readonly allowPrivilegeEscalation?: boolean;
  readonly appArmorProfile?: { readonly type?: string };
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly privileged?: boolean;
  readonly procMount?: string;
  readonly readOnlyRootFilesystem?: boolean;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: number;
  readonly seccompProfile?: { readonly type?: string };
  readonly seLinuxOptions?: { readonly type?: string; readonly user?: string; readonly role?: string };
  readonly sysctls?: readonly { readonly name?: string }[];
  readonly windowsOptions?: { readonly hostProcess?: boolean };
}

export interface Probe {
  readonly httpGet?: { readonly host?: string; readonly path?: string; readonly port?: number | string };
  readonly tcpSocket?: { readonly host?: string; readonly port?: number | string };
  readonly exec?: { readonly command?: readonly string[] };
  readonly grpc?: { readonly port?: number };
}

export interface Container {
  readonly name?: string;
  readonly image?: string;
  readonly env?: readonly {
    readonly name?: string;
    readonly value?: string;
    readonly valueFrom?: { readonly secretKeyRef?: object };
  }[];
  readonly envFrom?: readonly { readonly secretRef?: object }[];
  readonly lifecycle?: { readonly postStart?: Probe; readonly preStop?: Probe };
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly startupProbe?: Probe;
  readonly ports?: readonly { readonly hostPort?: number }[];
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string | number>>;
    readonly limits?: Readonly<Record<string, string | number>>;
  };
  readonly restartPolicy?: string;
  readonly securityContext?: SecurityContext;
}

export interface PodSpec {
  readonly affinity?: {
    readonly podAntiAffinity?: {
      readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly object[];
      readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly object[];
    };
  };
  readonly automountServiceAccountToken?: boolean;
  readonly containers?: readonly Container[];
  readonly ephemeralContainers?: readonly Container[];
  readonly hostIPC?: boolean;
  readonly hostNetwork?: boolean;
  readonly hostPID?: boolean;
  readonly hostUsers?: boolean;
  readonly initContainers?: readonly Container[];
  readonly os?: { readonly name?: string };
  readonly securityContext?: SecurityContext;
  readonly serviceAccountName?: string;
  readonly topologySpreadConstraints?: readonly {
    readonly labelSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly maxSkew?: number;
    readonly topologyKey?: string;
  }[];
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
}

export interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface PodTemplate {
  readonly metadata?: Metadata;
  readonly spec?: PodSpec;
}

/** The shapes in which a pod specification comes. */
export interface WorkloadProps {
  readonly metadata?: Metadata;
  readonly spec?: PodSpec & {
    readonly replicas?: number;
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
    readonly template?: PodTemplate;
    readonly jobTemplate?: { readonly spec?: { readonly template?: PodTemplate } };
  };
}

/** A pod specification with where it stands. */
export interface PodView {
  readonly spec: PodSpec;
  /** Path of the specification in the resource's inputs. */
  readonly at: string;
  readonly labels: Readonly<Record<string, string>>;
  /** A patch says only what it changes: what is absent in it is not missing. */
  readonly partial: boolean;
  /** Whether the pods are meant to run on; jobs end. */
  readonly longRunning: boolean;
}

export interface ContainerView {
  readonly container: Container;
  readonly at: string;
  readonly role: "main" | "init" | "ephemeral";
}

/** Kinds with pods inside, and whether these run on. */
const KINDS: Readonly<Record<string, { readonly longRunning: boolean }>> = {
  "apps/v1:DaemonSet": { longRunning: true },
  "apps/v1:Deployment": { longRunning: true },
  "apps/v1:ReplicaSet": { longRunning: true },
  "apps/v1:StatefulSet": { longRunning: true },
  "argoproj.io/v1alpha1:Rollout": { longRunning: true },
  "batch/v1:CronJob": { longRunning: false },
  "batch/v1:Job": { longRunning: false },
  "core/v1:Pod": { longRunning: true },
  "core/v1:ReplicationController": { longRunning: true },
};

const tokensOf = (kind: string) => [`kubernetes:${kind}`, `kubernetes:${kind}Patch`];

/** Every type token that holds a pod specification, the patching twins included: without them a patch would bypass the rules. */
export const POD_TYPES: readonly string[] = Object.keys(KINDS).flatMap(tokensOf);

/** The pod specification of a workload, or undefined where there is none to judge. */
export function podOf(type: string, props: WorkloadProps): PodView | undefined {
  const partial = type.endsWith("Patch");
  const kind = type.replace(/^kubernetes:/, "").replace(/Patch$/, "");
  const known = KINDS[kind];
  if (known === undefined || props.spec === undefined) return undefined;
  const view = (at: string, spec: PodSpec | undefined, metadata: Metadata | undefined): PodView | undefined =>
    spec === undefined
      ? undefined
      : { spec, at, labels: metadata?.labels ?? {}, partial, longRunning: known.longRunning };
  if (kind === "core/v1:Pod") return view("spec", props.spec, props.metadata);
  if (kind === "batch/v1:CronJob") {
    const template = props.spec.jobTemplate?.spec?.template;
    return view("spec.jobTemplate.spec.template.spec", template?.spec, template?.metadata);
  }
  return view("spec.template.spec", props.spec.template?.spec, props.spec.template?.metadata);
}

/** All containers of a pod: main, init and ephemeral ones. */
export function containersOf({ spec, at }: PodView): readonly ContainerView[] {
  const lists = [
    { role: "main", key: "containers", list: spec.containers },
    { role: "init", key: "initContainers", list: spec.initContainers },
    { role: "ephemeral", key: "ephemeralContainers", list: spec.ephemeralContainers },
  ] as const;
  return lists.flatMap(({ role, key, list }) =>
    (list ?? []).map((container, index) => ({ container, role, at: `${at}.${key}[${index}]` })),
  );
}

export interface PodRuleSpec extends RuleSpec {
  readonly checkPod: (pod: PodView, report: Report, subject: Subject) => void;
}

/** A rule about pods wherever they are specified. */
export function podRule({ checkPod, ...spec }: PodRuleSpec): ResourceValidationPolicy {
  const [first = "", ...rest] = POD_TYPES;
  return resourceRule<WorkloadProps>({
    ...spec,
    types: [first, ...rest],
    check(props, report, subject) {
      const pod = podOf(subject.type, props);
      if (pod !== undefined) checkPod(pod, report, subject);
    },
  });
}
