import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch/index.js";
import type { SecretArgs, SecretRotationArgs } from "@pulumi/aws/secretsmanager/index.js";
import type { Unwrap } from "@pulumi/pulumi";

import { show } from "../../../core/finding.ts";
import { ROTATION, SECRET_AGE, SECRET_TAGS, SECRETS } from "../../../standards/secrets.ts";
import { given, isSet } from "../../lib/is-set.ts";
import type { Report, StackView } from "../../lib/rule.ts";
import { stackRule } from "../../lib/rule.ts";

/** A secret with the tags that its provider puts on everything. */
type Tagged = Unwrap<SecretArgs> & { readonly tagsAll?: Readonly<Record<string, string>> };

const LIMIT = `at most ${SECRETS.maxRotationDays} (days)`;

/** Most days between two rotations of a schedule; undefined for one that is not surely shorter than a quarter. */
function daysOf(rules: Unwrap<SecretRotationArgs>["rotationRules"]): number | undefined {
  // Beside a schedule, days that nobody set are null or 0.
  const days = rules?.automaticallyAfterDays ?? 0;
  if (days > 0) return days;
  const schedule = rules?.scheduleExpression ?? "";
  const [, amount, unit] = /^rate\((\d+) (day|hour)s?\)$/.exec(schedule) ?? [];
  if (amount !== undefined) return unit === "hour" ? Number(amount) / 24 : Number(amount);
  // Minutes, hours, day, every month, weekday, every year: at least monthly.
  return /^cron\(\S+ \S+ \S+ \* \S+ \*\)$/.test(schedule) ? 31 : undefined;
}

/** Alarms on the age of the secret with that name in Secrets Manager. Without a name nothing can be watched. */
function ageAlarms(name: string | undefined, stack: StackView) {
  return stack
    .ofType<MetricAlarmArgs>("aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(
      ({ props }) =>
        props.namespace === SECRET_AGE.namespace &&
        props.metricName === SECRET_AGE.metric &&
        name !== undefined &&
        props.dimensions?.[SECRET_AGE.dimension] === name,
    );
}

/** People are reminded by an alarm, on the day in the secret's tag at the latest. */
function checkManual({ name, tags }: Unwrap<SecretArgs>, stack: StackView, report: Report): void {
  const tag = tags?.[SECRET_TAGS.rotationDays];
  const days = Number(tag);
  const inBounds = days > 0 && days <= SECRETS.maxRotationDays;
  if (!inBounds) report({ property: `tags.${SECRET_TAGS.rotationDays}`, found: show(tag), required: LIMIT });
  const alarms = ageAlarms(name, stack);
  const what = `an alarm on ${SECRET_AGE.namespace} ${SECRET_AGE.metric} of this secret`;
  if (alarms.length === 0)
    report({ property: "(MetricAlarm)", found: "nothing", required: what, fix: "Hand the secret to SecretAge." });
  for (const { name: alarm, props } of inBounds ? alarms : []) {
    // An alarm with a band has no threshold of its own, whatever stands there.
    const threshold = isSet(props, "thresholdMetricId") ? undefined : given(props.threshold);
    if (threshold === undefined || threshold > days)
      report({ property: `(${alarm}).threshold`, found: show(threshold), required: `at most ${days} (days)` });
  }
}

/** Whether the secret says that people rotate it, in its own tags or in those of its provider. */
function isManual({ tags, tagsAll }: Tagged): boolean {
  return (tags?.[SECRET_TAGS.rotation] ?? tagsAll?.[SECRET_TAGS.rotation]) === ROTATION.manual;
}

export const secretRotation = stackRule<SecretArgs>({
  name: "secret-rotation",
  description: `Every secret gets a new value at least every ${SECRETS.maxRotationDays} days: by a rotation, or by people whom an alarm reminds of the days in its tag.`,
  severity: "medium",
  checklist: ["SECR-02", "SECR-05", "TGT-22"],
  url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html",
  remediation: `Add a SecretRotation, or the tags ${SECRET_TAGS.rotation}=${ROTATION.manual} and ${SECRET_TAGS.rotationDays} and an alarm on the age.`,
  type: "aws:secretsmanager/secret:Secret",
  check(secret, stack, report) {
    if (isManual(secret.props)) {
      checkManual(secret.props, stack, report);
      return;
    }
    const rotations = stack.referring<SecretRotationArgs>(
      "aws:secretsmanager/secretRotation:SecretRotation",
      "secretId",
      secret,
    );
    if (rotations.length === 0)
      report({ property: "(SecretRotation)", found: "nothing", required: "a rotation of this secret" });
    for (const { name, props } of rotations) {
      const days = daysOf(props.rotationRules);
      if (days === undefined || days > SECRETS.maxRotationDays) {
        const found =
          given(props.rotationRules?.scheduleExpression) ?? given(props.rotationRules?.automaticallyAfterDays);
        report({ property: `(${name}).rotationRules`, found: show(found), required: LIMIT });
      }
    }
  },
});
