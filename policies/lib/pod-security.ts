import { show } from "../../core/finding.ts";
import type { ContainerView, PodView, Probe, SecurityContext } from "./pod.ts";
import { containersOf } from "./pod.ts";
import type { Report } from "./rule.ts";

/**
 * The controls of Kubernetes' Pod Security Standard "restricted" (which includes "baseline"), one function a control.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
type Control = (pod: PodView, report: Report) => void;

const SAFE_SYSCTLS = new Set([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
]);

const VOLUME_KINDS = new Set([
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "name",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);

const SELINUX_TYPES = new Set(["", "container_engine_t", "container_init_t", "container_kvm_t", "container_t"]);

const isWindows = ({ spec }: PodView) => spec.os?.name === "windows";

/** With a user namespace of their own, pods may run as any user inside it (from 1.35 on). */
const hasOwnUsers = ({ spec }: PodView) => spec.hostUsers === false;

interface ContextView {
  readonly context: SecurityContext;
  readonly at: string;
}

/** The security contexts of the pod and of its containers, where they are given. */
function contexts(pod: PodView): readonly ContextView[] {
  const all = [
    { context: pod.spec.securityContext, at: pod.at },
    ...containersOf(pod).map(({ container, at }) => ({ context: container.securityContext, at })),
  ];
  return all.flatMap(({ context, at }) => (context === undefined ? [] : [{ context, at: `${at}.securityContext` }]));
}

const hostNamespaces: Control = ({ spec, at }, report) => {
  for (const key of ["hostIPC", "hostNetwork", "hostPID"] as const) {
    if (spec[key] === true) report({ property: `${at}.${key}`, found: "true", required: "false or absent" });
  }
};

const privileged: Control = (pod, report) => {
  for (const { context, at } of contexts(pod)) {
    if (context.privileged === true)
      report({ property: `${at}.privileged`, found: "true", required: "false or absent" });
    if (context.windowsOptions?.hostProcess === true)
      report({ property: `${at}.windowsOptions.hostProcess`, found: "true", required: "false or absent" });
    if (context.procMount !== undefined && context.procMount !== "Default") {
      report({ property: `${at}.procMount`, found: context.procMount, required: "Default or absent" });
    }
  }
};

const privilegeEscalation: Control = (pod, report) => {
  if (isWindows(pod)) return;
  for (const { container, at } of containersOf(pod)) {
    const value = container.securityContext?.allowPrivilegeEscalation;
    if (value === false || (pod.partial && value === undefined)) continue;
    report({ property: `${at}.securityContext.allowPrivilegeEscalation`, found: show(value), required: "false" });
  }
};

const capabilities: Control = (pod, report) => {
  if (isWindows(pod)) return;
  for (const { container, at } of containersOf(pod)) {
    const value = container.securityContext?.capabilities;
    const dropsAll = (value?.drop ?? []).includes("ALL");
    if (!dropsAll && !(pod.partial && value?.drop === undefined)) {
      report({ property: `${at}.securityContext.capabilities.drop`, found: show(value?.drop), required: "ALL" });
    }
    const added = (value?.add ?? []).filter((name) => name !== "NET_BIND_SERVICE");
    if (added.length > 0)
      report({
        property: `${at}.securityContext.capabilities.add`,
        found: added.join(", "),
        required: "at most NET_BIND_SERVICE",
      });
  }
};

const nonRoot: Control = (pod, report) => {
  if (hasOwnUsers(pod)) return;
  for (const { context, at } of contexts(pod)) {
    if (context.runAsUser === 0)
      report({ property: `${at}.runAsUser`, found: "0", required: "a user other than root" });
    if (context.runAsNonRoot === false) report({ property: `${at}.runAsNonRoot`, found: "false", required: "true" });
  }
  if (pod.partial || pod.spec.securityContext?.runAsNonRoot === true) return;
  for (const { container, at } of containersOf(pod)) {
    if (container.securityContext?.runAsNonRoot === undefined) {
      report({
        property: `${at}.securityContext.runAsNonRoot`,
        found: "nothing",
        required: "true, here or for the pod",
      });
    }
  }
};

const seccomp: Control = (pod, report) => {
  if (isWindows(pod)) return;
  const allowed = (type: string | undefined) => type === "RuntimeDefault" || type === "Localhost";
  for (const { context, at } of contexts(pod)) {
    const type = context.seccompProfile?.type;
    if (type !== undefined && !allowed(type))
      report({ property: `${at}.seccompProfile.type`, found: type, required: "RuntimeDefault or Localhost" });
  }
  if (pod.partial || allowed(pod.spec.securityContext?.seccompProfile?.type)) return;
  for (const { container, at } of containersOf(pod)) {
    if (container.securityContext?.seccompProfile?.type === undefined) {
      report({
        property: `${at}.securityContext.seccompProfile.type`,
        found: "nothing",
        required: "RuntimeDefault or Localhost, here or for the pod",
      });
    }
  }
};

const volumes: Control = ({ spec, at }, report) => {
  for (const [index, volume] of (spec.volumes ?? []).entries()) {
    for (const kind of Object.keys(volume).filter((key) => !VOLUME_KINDS.has(key))) {
      report({
        property: `${at}.volumes[${index}].${kind}`,
        found: "present",
        required: "a kind that cannot reach the node",
      });
    }
  }
};

const hostPorts: Control = (pod, report) => {
  for (const { container, at } of containersOf(pod)) {
    for (const [index, { hostPort }] of (container.ports ?? []).entries()) {
      // Zero means none.
      if (hostPort !== undefined && hostPort !== 0)
        report({ property: `${at}.ports[${index}].hostPort`, found: String(hostPort), required: "0 or absent" });
    }
  }
};

/** Where probes and handlers of a container may point; a host would let the kubelet ask anyone. */
function handlers({ container, at }: ContainerView): readonly { readonly probe: Probe; readonly at: string }[] {
  const entries = {
    livenessProbe: container.livenessProbe,
    readinessProbe: container.readinessProbe,
    startupProbe: container.startupProbe,
    "lifecycle.postStart": container.lifecycle?.postStart,
    "lifecycle.preStop": container.lifecycle?.preStop,
  };
  return Object.entries(entries).flatMap(([key, probe]) =>
    probe === undefined ? [] : [{ probe, at: `${at}.${key}` }],
  );
}

const probeHosts: Control = (pod, report) => {
  for (const { probe, at } of containersOf(pod).flatMap(handlers)) {
    for (const key of ["httpGet", "tcpSocket"] as const) {
      const host = probe[key]?.host;
      if (host !== undefined && host !== "") report({ property: `${at}.${key}.host`, found: host, required: "absent" });
    }
  }
};

const confinement: Control = (pod, report) => {
  for (const { context, at } of contexts(pod)) {
    const selinux = context.seLinuxOptions;
    if (
      selinux !== undefined &&
      (!SELINUX_TYPES.has(selinux.type ?? "") || (selinux.user ?? "") !== "" || (selinux.role ?? "") !== "")
    ) {
      report({
        property: `${at}.seLinuxOptions`,
        found: show(selinux.type ?? "a user or role"),
        required: "a container type, no user and no role",
      });
    }
    const armor = context.appArmorProfile?.type;
    if (armor === "Unconfined")
      report({ property: `${at}.appArmorProfile.type`, found: armor, required: "RuntimeDefault or Localhost" });
    for (const { name } of context.sysctls ?? []) {
      if (name !== undefined && !SAFE_SYSCTLS.has(name))
        report({ property: `${at}.sysctls`, found: name, required: "safe settings only" });
    }
  }
};

/** Every control, in the order of the standard. */
export const RESTRICTED: readonly Control[] = [
  hostNamespaces,
  privileged,
  capabilities,
  volumes,
  hostPorts,
  probeHosts,
  confinement,
  privilegeEscalation,
  nonRoot,
  seccomp,
];
