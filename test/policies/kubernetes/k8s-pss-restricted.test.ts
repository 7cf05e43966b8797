import { describe, expect, it } from "vitest";

import { k8sPssRestricted } from "../../../policies/rules/kubernetes/k8s-pss-restricted.ts";
import { AT, CONTAINER, DEPLOYMENT, deployment } from "../../support/kubernetes.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const POD_AT = "spec.template.spec";
const context = (change: Record<string, unknown>) => ({ securityContext: { ...CONTAINER.securityContext, ...change } });

describe(k8sPssRestricted.name, () => {
  it("accepts a pod that meets the standard", async () => {
    expect(await evaluate(k8sPssRestricted, DEPLOYMENT, deployment())).toEqual([]);
  });

  it.each([
    {
      control: "host namespaces",
      props: deployment({}, { hostNetwork: true, hostPID: true, hostIPC: true }),
      findings: ["hostIPC", "hostNetwork", "hostPID"].map(
        (key) => `${POD_AT}.${key} is true, required false or absent`,
      ),
    },
    {
      control: "privileged",
      props: deployment(context({ privileged: true })),
      findings: [`${AT}.securityContext.privileged is true, required false or absent`],
    },
    {
      control: "proc mount",
      props: deployment(context({ procMount: "Unmasked" })),
      findings: [`${AT}.securityContext.procMount is Unmasked, required Default or absent`],
    },
    {
      control: "host process",
      props: deployment(context({ windowsOptions: { hostProcess: true } })),
      findings: [`${AT}.securityContext.windowsOptions.hostProcess is true, required false or absent`],
    },
    {
      control: "privilege escalation, absent",
      props: deployment(context({ allowPrivilegeEscalation: undefined })),
      findings: [`${AT}.securityContext.allowPrivilegeEscalation is nothing, required false`],
    },
    {
      control: "capabilities not dropped",
      props: deployment(context({ capabilities: { drop: ["NET_RAW"] } })),
      findings: [`${AT}.securityContext.capabilities.drop is ["NET_RAW"], required ALL`],
    },
    {
      control: "capabilities added",
      props: deployment(context({ capabilities: { drop: ["ALL"], add: ["SYS_ADMIN", "NET_BIND_SERVICE"] } })),
      findings: [`${AT}.securityContext.capabilities.add is SYS_ADMIN, required at most NET_BIND_SERVICE`],
    },
    {
      control: "root by number",
      props: deployment(context({ runAsUser: 0 })),
      findings: [`${AT}.securityContext.runAsUser is 0, required a user other than root`],
    },
    {
      control: "root by a container's own word",
      props: deployment(context({ runAsNonRoot: false })),
      findings: [`${AT}.securityContext.runAsNonRoot is false, required true`],
    },
    {
      control: "root by silence",
      props: deployment({}, { securityContext: { seccompProfile: { type: "RuntimeDefault" } } }),
      findings: [`${AT}.securityContext.runAsNonRoot is nothing, required true, here or for the pod`],
    },
    {
      control: "seccomp unconfined",
      props: deployment(context({ seccompProfile: { type: "Unconfined" } })),
      findings: [`${AT}.securityContext.seccompProfile.type is Unconfined, required RuntimeDefault or Localhost`],
    },
    {
      control: "seccomp absent",
      props: deployment({}, { securityContext: { runAsNonRoot: true } }),
      findings: [
        `${AT}.securityContext.seccompProfile.type is nothing, required RuntimeDefault or Localhost, here or for the pod`,
      ],
    },
    {
      control: "host path",
      props: deployment(
        {},
        {
          volumes: [
            { name: "tmp", emptyDir: {} },
            { name: "node", hostPath: { path: "/" } },
          ],
        },
      ),
      findings: [`${POD_AT}.volumes[1].hostPath is present, required a kind that cannot reach the node`],
    },
    {
      control: "host port",
      props: deployment({ ports: [{ hostPort: 0 }, { hostPort: 80 }] }),
      findings: [`${AT}.ports[1].hostPort is 80, required 0 or absent`],
    },
    {
      control: "probe host",
      props: deployment({ livenessProbe: { httpGet: { host: "10.0.0.1", port: 80 } } }),
      findings: [`${AT}.livenessProbe.httpGet.host is 10.0.0.1, required absent`],
    },
    {
      control: "SELinux",
      props: deployment(context({ seLinuxOptions: { type: "spc_t" } })),
      findings: [`${AT}.securityContext.seLinuxOptions is spc_t, required a container type, no user and no role`],
    },
    {
      control: "AppArmor",
      props: deployment(context({ appArmorProfile: { type: "Unconfined" } })),
      findings: [`${AT}.securityContext.appArmorProfile.type is Unconfined, required RuntimeDefault or Localhost`],
    },
    {
      control: "sysctls",
      props: deployment(
        {},
        {
          securityContext: {
            runAsNonRoot: true,
            seccompProfile: { type: "RuntimeDefault" },
            sysctls: [{ name: "kernel.msgmax" }],
          },
        },
      ),
      findings: [`${POD_AT}.securityContext.sysctls is kernel.msgmax, required safe settings only`],
    },
  ])("rejects: $control", async ({ props, findings }) => {
    expect(await evaluate(k8sPssRestricted, DEPLOYMENT, props)).toEqual(findings);
  });

  it("judges init and ephemeral containers like the others", async () => {
    const findings = await evaluate(
      k8sPssRestricted,
      DEPLOYMENT,
      deployment(
        {},
        {
          initContainers: [{ ...CONTAINER, ...context({ privileged: true }) }],
          ephemeralContainers: [{ ...CONTAINER, ...context({ privileged: true }) }],
        },
      ),
    );
    expect(findings.map((finding) => finding.split(" is ")[0])).toEqual([
      `${POD_AT}.initContainers[0].securityContext.privileged`,
      `${POD_AT}.ephemeralContainers[0].securityContext.privileged`,
    ]);
  });

  it("lets pods with users of their own run as any user inside", async () => {
    expect(
      await evaluate(k8sPssRestricted, DEPLOYMENT, deployment(context({ runAsUser: 0 }), { hostUsers: false })),
    ).toEqual([]);
  });

  it("asks no Linux settings of Windows pods", async () => {
    expect(
      await evaluate(
        k8sPssRestricted,
        DEPLOYMENT,
        deployment({ securityContext: { runAsNonRoot: true } }, { os: { name: "windows" } }),
      ),
    ).toEqual([]);
  });

  it("judges what a patch says, not what it leaves out", async () => {
    const patch = "kubernetes:apps/v1:DeploymentPatch";
    expect(
      await evaluate(k8sPssRestricted, patch, { spec: { template: { spec: { containers: [{ name: "app" }] } } } }),
    ).toEqual([]);
    expect(
      await evaluate(k8sPssRestricted, patch, {
        spec: { template: { spec: { containers: [{ securityContext: { privileged: true } }] } } },
      }),
    ).toHaveLength(1);
  });

  it("is undetermined while a context is unknown", async () => {
    expect(await evaluate(k8sPssRestricted, DEPLOYMENT, deployment({ securityContext: UNKNOWN }))).toEqual([
      "undetermined: spec.template.spec.containers.0.securityContext",
    ]);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(k8sPssRestricted, "kubernetes:core/v1:Service", deployment({ securityContext: {} }))).toEqual(
      [],
    );
  });
});
