import { describe, expect, it } from "vitest";

import { secretRotation } from "../../../policies/rules/secretsmanager/secret-rotation.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const NAME = "preflight-test/shop/key";
const secret = (tags?: unknown, name: unknown = NAME) => ({
  type: "aws:secretsmanager/secret:Secret",
  name: "secret",
  props: { ...(tags === undefined ? {} : { tags }), ...(name === null ? {} : { name }) },
});
const alarm = (threshold: unknown, props: object = {}) => ({
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  name: "alarm",
  props: {
    namespace: "Readiness/Secrets",
    metricName: "SecretAgeDays",
    dimensions: { SecretName: NAME },
    threshold,
    ...props,
  },
});
const manual = (days: string) => ({ rotation: "manual", "rotation-days": days });
const UNWATCHED =
  "secret: (MetricAlarm) is nothing, required an alarm on Readiness/Secrets SecretAgeDays of this secret";
const rotation = (rotationRules: unknown, of = "secret") => ({
  type: "aws:secretsmanager/secretRotation:SecretRotation",
  name: "rotation",
  props: { rotationRules },
  refers: { secretId: [of] },
});
const tooRare = (found: string) => [`secret: (rotation).rotationRules is ${found}, required at most 90 (days)`];

describe(secretRotation.name, () => {
  it.each([
    { title: "accepts the ceiling of 90 days", rules: { automaticallyAfterDays: 90 }, findings: [] },
    { title: "rejects one day above", rules: { automaticallyAfterDays: 91 }, findings: tooRare("91") },
    { title: "accepts a rate in days", rules: { scheduleExpression: "rate(90 days)" }, findings: [] },
    { title: "accepts a rate in hours", rules: { scheduleExpression: "rate(12 hours)" }, findings: [] },
    {
      title: "rejects a rate above the ceiling",
      rules: { scheduleExpression: "rate(91 days)" },
      findings: tooRare("rate(91 days)"),
    },
    { title: "accepts a day of every month", rules: { scheduleExpression: "cron(0 8 1 * ? *)" }, findings: [] },
    {
      title: "rejects a schedule that leaves months out",
      rules: { scheduleExpression: "cron(0 8 1 1/6 ? *)" },
      findings: tooRare("cron(0 8 1 1/6 ? *)"),
    },
    { title: "rejects a rotation without rules", rules: undefined, findings: tooRare("nothing") },
    {
      title: "is undetermined while the days are unknown",
      rules: { automaticallyAfterDays: UNKNOWN },
      findings: ["undetermined: rotationRules.automaticallyAfterDays"],
    },
  ])("$title", async ({ rules, findings }) => {
    expect(await evaluateStack(secretRotation, [secret(), rotation(rules)])).toEqual(findings);
  });

  it("rejects a secret that nothing rotates", async () => {
    const nothing = ["secret: (SecretRotation) is nothing, required a rotation of this secret"];
    expect(await evaluateStack(secretRotation, [secret({ rotation: "automatic" })])).toEqual(nothing);
    const other = {
      type: "aws:secretsmanager/secret:Secret",
      name: "other",
      props: { name: NAME, tags: manual("30") },
    };
    expect(
      await evaluateStack(secretRotation, [
        secret(),
        other,
        alarm(30),
        rotation({ automaticallyAfterDays: 30 }, "other"),
      ]),
    ).toEqual(nothing);
  });

  it("accepts a secret that people renew when its tag says within how many days and an alarm reminds them", async () => {
    expect(await evaluateStack(secretRotation, [secret(manual("90")), alarm(90)])).toEqual([]);
    expect(await evaluateStack(secretRotation, [secret(manual("90")), alarm(80)])).toEqual([]);
  });

  it.each(["91", "0", "often"])("rejects a secret that people renew after %s days", async (days) => {
    expect(await evaluateStack(secretRotation, [secret(manual(days)), alarm(90)])).toEqual([
      `secret: tags.rotation-days is ${days}, required at most 90 (days)`,
    ]);
  });

  it("rejects a secret that people renew some day", async () => {
    expect(await evaluateStack(secretRotation, [secret({ rotation: "manual" }), alarm(90)])).toEqual([
      "secret: tags.rotation-days is nothing, required at most 90 (days)",
    ]);
  });

  it("rejects a secret of whose age nobody is reminded", async () => {
    expect(await evaluateStack(secretRotation, [secret(manual("30"))])).toEqual([UNWATCHED]);
  });

  it.each([
    { title: "another secret", props: { dimensions: { SecretName: "preflight-test/shop/other" } } },
    { title: "all secrets together", props: { dimensions: undefined } },
    { title: "another metric", props: { metricName: "SecretCount" } },
    { title: "another namespace", props: { namespace: "Custom" } },
  ])("rejects a secret when the alarm watches $title", async ({ props }) => {
    expect(await evaluateStack(secretRotation, [secret(manual("30")), alarm(30, props)])).toEqual([UNWATCHED]);
  });

  it("rejects a secret without a name, which no alarm can watch", async () => {
    expect(await evaluateStack(secretRotation, [secret(manual("30"), null), alarm(30, { dimensions: {} })])).toEqual([
      UNWATCHED,
    ]);
  });

  it.each([31, undefined])("rejects an alarm that starts at %s days when the tag says 30", async (threshold) => {
    expect(await evaluateStack(secretRotation, [secret(manual("30")), alarm(threshold)])).toEqual([
      `secret: (alarm).threshold is ${threshold ?? "nothing"}, required at most 30 (days)`,
    ]);
  });

  it("is undetermined while the secret's name, the alarm's dimension or its threshold is unknown", async () => {
    expect(await evaluateStack(secretRotation, [secret(manual("30"), UNKNOWN), alarm(30)])).toEqual([
      "undetermined: name",
    ]);
    expect(
      await evaluateStack(secretRotation, [secret(manual("30")), alarm(30, { dimensions: { SecretName: UNKNOWN } })]),
    ).toEqual(["undetermined: dimensions.SecretName"]);
    expect(await evaluateStack(secretRotation, [secret(manual("30")), alarm(UNKNOWN)])).toEqual([
      "undetermined: threshold",
    ]);
  });

  it("is undetermined while the tags are unknown", async () => {
    expect(await evaluateStack(secretRotation, [secret(UNKNOWN)])).toEqual(["undetermined: tags"]);
  });

  it("does not apply to a stack without secrets", async () => {
    expect(await evaluateStack(secretRotation, [rotation({ automaticallyAfterDays: 400 }, "elsewhere")])).toEqual([]);
  });

  it("takes days and schedules that nobody set, and AWS answers as 0 or an empty text, for absent", async () => {
    const days = {
      ...rotation({ automaticallyAfterDays: 400 }),
      changed: { rotationRules: { scheduleExpression: "" } },
    };
    expect(await evaluateStack(secretRotation, [secret(), days])).toEqual(tooRare("400"));
    const schedule = {
      ...rotation({ scheduleExpression: "rate(700 days)" }),
      changed: { rotationRules: { automaticallyAfterDays: 0 } },
    };
    expect(await evaluateStack(secretRotation, [secret(), schedule])).toEqual(tooRare("rate(700 days)"));
  });

  it("rejects an alarm with a band, which has no threshold though AWS answers 0", async () => {
    const band = { ...alarm(undefined, { thresholdMetricId: "band" }), changed: { threshold: 0 } };
    expect(await evaluateStack(secretRotation, [secret(manual("30")), band])).toEqual([
      "secret: (alarm).threshold is nothing, required at most 30 (days)",
    ]);
  });

  it("reads the way of rotation from the tags of the provider too", async () => {
    const provider = {
      type: "pulumi:providers:aws",
      name: "provider",
      props: { region: "eu-west-1", defaultTags: { tags: { rotation: "manual" } } },
    };
    expect(await evaluateStack(secretRotation, [secret({ "rotation-days": "30" }), alarm(30), provider])).toEqual([]);
  });
});
