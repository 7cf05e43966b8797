import type { WorkloadProps } from "../../lib/pod.ts";
import { containersOf, POD_TYPES, podOf } from "../../lib/pod.ts";
import { resourceRule } from "../../lib/rule.ts";

/** Names that promise a secret, unless they say that they only name a file or a reference. */
const SECRET_NAME = /(password|passwd|secret|token|api_?key|private_?key|credential|dsn)$/i;

/** Values that are secrets by their form. */
const SECRET_VALUE =
  /^(AKIA|ASIA)[A-Z0-9]{16}$|-----BEGIN [A-Z ]*PRIVATE KEY-----|^gh[opsu]_\w{30,}|^xox[abeoprs]-|^eyJ[\w-]+\.eyJ|^[a-z][\w+.-]*:\/\/[^/\s:@]+:[^/\s@]+@/;

const CONFIG_MAPS = ["kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:ConfigMapPatch"];

interface Props extends WorkloadProps {
  readonly data?: Readonly<Record<string, string>>;
}

const looksSecret = (name: string, value: string) =>
  (SECRET_NAME.test(name) && value !== "") || SECRET_VALUE.test(value);

export const k8sNoSecretLiterals = resourceRule<Props>({
  name: "k8s-no-secret-literals",
  description:
    "No environment variable and no config map holds a credential in plain text: everyone who may read the object could use it.",
  severity: "critical",
  checklist: ["SECR-01", "SECR-06"],
  url: "https://kubernetes.io/docs/concepts/configuration/secret/",
  remediation: "Keep the value in Secrets Manager (secrets block) and mount it as a file.",
  types: ["kubernetes:core/v1:ConfigMap", ...CONFIG_MAPS.slice(1), ...POD_TYPES],
  check(props, report, subject) {
    const plain = { found: "a plain value (not shown)", required: "a reference to a secret" };
    if (CONFIG_MAPS.includes(subject.type)) {
      for (const [key, value] of Object.entries(props.data ?? {})) {
        if (looksSecret(key, value)) report({ property: `data.${key}`, ...plain });
      }
      return;
    }
    const pod = podOf(subject.type, props);
    for (const { container, at } of pod === undefined ? [] : containersOf(pod)) {
      for (const [index, { name = "", value }] of (container.env ?? []).entries()) {
        if (value !== undefined && looksSecret(name, value))
          report({ property: `${at}.env[${index}] ${name}`, ...plain });
      }
    }
  },
});
