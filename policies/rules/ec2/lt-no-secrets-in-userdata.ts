import { gunzipSync } from "node:zlib";
import type { LaunchTemplateArgs } from "@pulumi/aws/ec2/index.js";

import { SECRET_FORMS } from "../../../standards/secret-forms.ts";
import { resourceRule } from "../../lib/rule.ts";

/** A name that promises a secret, assigned a literal; references ($NAME, $(command), {{…}}, ARNs, paths) are none. */
const ASSIGNMENT =
  /(?<![\w:/.-])[\w-]*(?:passw(?:or)?d|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)\w*["']?\s*[:=]\s*["']?(?!["'$({[</\s]|arn:|true\b|false\b|required\b|optional\b)[^\s"']{8,}/i;

/** gzip's first two bytes; cloud-init unpacks such user data. */
const isCompressed = (bytes: Buffer) => bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;

/** The script that cloud-init runs. Text that is not base64 comes out as it is: EC2 would refuse it, but a secret is in the state. */
function decode(userData: string): string {
  const bytes = Buffer.from(userData, "base64");
  const isBase64 = bytes.toString("base64").replace(/=+$/, "") === userData.replaceAll(/\s/g, "").replace(/=+$/, "");
  if (!isBase64) return userData;
  return (isCompressed(bytes) ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** What kind of secret a script holds, or undefined. Checksums are common in scripts, so ambiguous forms do not count. */
function secretIn(script: string): string | undefined {
  const words = script.split(/[\s"'`;,=<>()]+/);
  const form = SECRET_FORMS.find(
    ({ pattern, ambiguous }) => !ambiguous && (pattern.test(script) || words.some((word) => pattern.test(word))),
  );
  return form?.what ?? (ASSIGNMENT.test(script) ? "a credential assigned as a literal" : undefined);
}

export const ltNoSecretsInUserdata = resourceRule<LaunchTemplateArgs>({
  name: "lt-no-secrets-in-userdata",
  description:
    "User data holds no credential: every process on the instance and everyone who may describe the template can read it.",
  severity: "critical",
  checklist: ["SECR-01", "SECR-06"],
  url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html",
  remediation:
    "Keep the value in Secrets Manager and let the instance's role fetch it; rotate the one that was written down.",
  types: ["aws:ec2/launchTemplate:LaunchTemplate"],
  check({ userData }, report) {
    if (userData === undefined || userData === "") return;
    const what = secretIn(decode(userData));
    if (what !== undefined) report({ property: "userData", found: `${what} (not shown)`, required: "no credential" });
  },
});
