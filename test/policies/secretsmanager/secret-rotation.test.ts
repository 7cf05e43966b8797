import { describe, expect, it } from "vitest";

import { secretRotation } from "../../../policies/rules/secretsmanager/secret-rotation.ts";
import { UNKNOWN, evaluateStack } from "../../support/policy.ts";

const secret = (tags?: unknown) => ({ type: "aws:secretsmanager/secret:Secret", name: "secret", props: tags === undefined ? {} : { tags } });
const rotation = (rotationRules: unknown, of = "secret") =>
  ({ type: "aws:secretsmanager/secretRotation:SecretRotation", name: "rotation", props: { rotationRules }, refers: { secretId: [of] } });
const tooRare = (found: string) => [`secret: (rotation).rotationRules is ${found}, required at most 90 (days)`];

describe(secretRotation.name, () => {
  it.each([
    { title: "accepts the ceiling of 90 days", rules: { automaticallyAfterDays: 90 }, findings: [] },
    { title: "rejects one day above", rules: { automaticallyAfterDays: 91 }, findings: tooRare("91") },
    { title: "accepts a rate in days", rules: { scheduleExpression: "rate(90 days)" }, findings: [] },
    { title: "accepts a rate in hours", rules: { scheduleExpression: "rate(12 hours)" }, findings: [] },
    { title: "rejects a rate above the ceiling", rules: { scheduleExpression: "rate(91 days)" }, findings: tooRare("rate(91 days)") },
    { title: "accepts a day of every month", rules: { scheduleExpression: "cron(0 8 1 * ? *)" }, findings: [] },
    { title: "rejects a schedule that leaves months out", rules: { scheduleExpression: "cron(0 8 1 1/6 ? *)" }, findings: tooRare("cron(0 8 1 1/6 ? *)") },
    { title: "rejects a rotation without rules", rules: undefined, findings: tooRare("nothing") },
    { title: "is undetermined while the days are unknown", rules: { automaticallyAfterDays: UNKNOWN }, findings: ["undetermined: rotationRules.automaticallyAfterDays"] },
  ])("$title", async ({ rules, findings }) => {
    expect(await evaluateStack(secretRotation, [secret(), rotation(rules)])).toEqual(findings);
  });

  it("rejects a secret that nothing rotates", async () => {
    const nothing = ["secret: (SecretRotation) is nothing, required a rotation of this secret"];
    expect(await evaluateStack(secretRotation, [secret({ rotation: "automatic" })])).toEqual(nothing);
    const other = { type: "aws:secretsmanager/secret:Secret", name: "other", props: { tags: { rotation: "manual", "rotation-days": "30" } } };
    expect(await evaluateStack(secretRotation, [secret(), other, rotation({ automaticallyAfterDays: 30 }, "other")])).toEqual(nothing);
  });

  it("accepts a secret that people renew when its tag says within how many days", async () => {
    expect(await evaluateStack(secretRotation, [secret({ rotation: "manual", "rotation-days": "90" })])).toEqual([]);
  });

  it.each(["91", "0", "often"])("rejects a secret that people renew after %s days", async (days) => {
    expect(await evaluateStack(secretRotation, [secret({ rotation: "manual", "rotation-days": days })])).toEqual([
      `secret: tags.rotation-days is ${days}, required at most 90 (days)`,
    ]);
  });

  it("rejects a secret that people renew some day", async () => {
    expect(await evaluateStack(secretRotation, [secret({ rotation: "manual" })])).toEqual(["secret: tags.rotation-days is nothing, required at most 90 (days)"]);
  });

  it("is undetermined while the tags are unknown", async () => {
    expect(await evaluateStack(secretRotation, [secret(UNKNOWN)])).toEqual(["undetermined: tags"]);
  });

  it("does not apply to a stack without secrets", async () => {
    expect(await evaluateStack(secretRotation, [rotation({ automaticallyAfterDays: 400 }, "elsewhere")])).toEqual([]);
  });
});
