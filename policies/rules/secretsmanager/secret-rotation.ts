import type { SecretArgs, SecretRotationArgs } from "@pulumi/aws/secretsmanager/index.js";
import type { Unwrap } from "@pulumi/pulumi";

import { ROTATION, SECRET_TAGS, SECRETS } from "../../../standards/secrets.ts";
import { show } from "../../lib/finding.ts";
import { stackRule } from "../../lib/rule.ts";

const LIMIT = `at most ${SECRETS.maxRotationDays} (days)`;

/** Most days between two rotations of a schedule; undefined for one that is not surely shorter than a quarter. */
function daysOf(rules: Unwrap<SecretRotationArgs>["rotationRules"]): number | undefined {
  if (rules?.automaticallyAfterDays !== undefined) return rules.automaticallyAfterDays;
  const schedule = rules?.scheduleExpression ?? "";
  const [, amount, unit] = /^rate\((\d+) (day|hour)s?\)$/.exec(schedule) ?? [];
  if (amount !== undefined) return unit === "hour" ? Number(amount) / 24 : Number(amount);
  // Minutes, hours, day, every month, weekday, every year: at least monthly.
  return /^cron\(\S+ \S+ \S+ \* \S+ \*\)$/.test(schedule) ? 31 : undefined;
}

export const secretRotation = stackRule<SecretArgs>({
  name: "secret-rotation",
  description: `Every secret gets a new value at least every ${SECRETS.maxRotationDays} days: by a rotation, or by people whom an alarm reminds of the days in its tag.`,
  severity: "medium",
  checklist: ["SECR-02", "SECR-05", "TGT-22"],
  url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html",
  remediation: `Add a SecretRotation, or the tags ${SECRET_TAGS.rotation}=${ROTATION.manual} and ${SECRET_TAGS.rotationDays}.`,
  type: "aws:secretsmanager/secret:Secret",
  check(secret, stack, report) {
    const tags = secret.props.tags;
    if (tags?.[SECRET_TAGS.rotation] === ROTATION.manual) {
      const days = tags[SECRET_TAGS.rotationDays];
      if (days === undefined || !(Number(days) > 0 && Number(days) <= SECRETS.maxRotationDays)) {
        report({ property: `tags.${SECRET_TAGS.rotationDays}`, found: show(days), required: LIMIT });
      }
      return;
    }
    const rotations = stack.referring<SecretRotationArgs>("aws:secretsmanager/secretRotation:SecretRotation", "secretId", secret);
    if (rotations.length === 0) report({ property: "(SecretRotation)", found: "nothing", required: "a rotation of this secret" });
    for (const { name, props } of rotations) {
      const days = daysOf(props.rotationRules);
      if (days === undefined || days > SECRETS.maxRotationDays) {
        const found = props.rotationRules?.scheduleExpression ?? props.rotationRules?.automaticallyAfterDays;
        report({ property: `(${name}).rotationRules`, found: show(found), required: LIMIT });
      }
    }
  },
});
