import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import type { Resource } from "../../preview/engine/model.ts";
import { committedResources } from "../support/committed-resources.ts";

interface Row {
  readonly control: string;
  readonly answer: string;
  readonly by: string;
  readonly why: string;
}

const rows: readonly Row[] = readFileSync(join(import.meta.dirname, "..", "..", "docs", "controls.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| (?:FSBP|CIS) /.test(line))
  .map((line) => {
    const [, control = "", answer = "", by = "", why = ""] = line.split("|").map((cell) => cell.trim());
    return { control, answer, by: by.replaceAll("`", ""), why };
  });

/** What the comparison of 27 November 2026 found not met by production. */
const NOT_MET = [
  ...["CloudFront.1", "CloudFront.4", "EC2.7", "GuardDuty.13", "IAM.7", "Inspector.1", "Inspector.3", "Inspector.4"],
  ...["RDS.19", "RDS.20", "RDS.21", "RDS.23", "S3.1", "S3.11", "SecretsManager.1", "SNS.2", "SSM.7"],
]
  .map((id) => `FSBP ${id}`)
  .concat(
    ["1.7", "1.8", "1.16", "1.19", "2.1.2", "2.1.3", "2.1.4", "3.3", "3.8", "3.9", "4.1", "4.2", "4.4", "4.5"]
      .concat(["4.7", "4.8", "4.9", "4.10", "4.11", "4.12", "4.13", "4.14", "4.15", "5.1.1"])
      .map((id) => `CIS AWS 5.0.0 ${id}`),
    ["CIS EKS 1.8.0 4.4.1"],
  );

describe("the answers to outside controls", () => {
  let resources: readonly Resource[];
  beforeAll(async () => {
    resources = await committedResources("production");
  });

  it("are one for each control that production once did not meet", () => {
    expect(rows.map(({ control }) => control).toSorted()).toEqual(NOT_MET.toSorted());
  });

  it("are a resource that production has, or a reason", () => {
    for (const { control, answer, by, why } of rows) {
      expect(["resource", "exception"], control).toContain(answer);
      if (answer === "exception") expect(why.length, control).toBeGreaterThan(40);
      else {
        const [type, name] = by.split(" ");
        const found = resources.filter(
          (resource) => resource.type === type && (name ?? resource.name) === resource.name,
        );
        expect(found.length, `${control}: ${by}`).toBeGreaterThan(0);
      }
    }
  });

  it("hold by the settings that the controls look at", () => {
    const inputs = (type: string) =>
      resources.filter((resource) => resource.type === type).map((found) => found.inputs);
    expect(inputs("aws:iam/accountPasswordPolicy:AccountPasswordPolicy")).toEqual([
      expect.objectContaining({ minimumPasswordLength: 14, passwordReusePrevention: 24, requireSymbols: true }),
    ]);
    expect(inputs("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock")).toEqual([
      { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    ]);
    expect(inputs("aws:inspector2/enabler:Enabler")).toEqual([
      { accountIds: ["444455556666"], resourceTypes: ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"] },
    ]);
    expect(inputs("aws:ebs/encryptionByDefault:EncryptionByDefault").map(({ region }) => region ?? "home")).toEqual(
      expect.arrayContaining(["home", "us-east-1", "eu-central-1"]),
    );
    expect(
      inputs("aws:rds/eventSubscription:EventSubscription")
        .map(({ sourceType }) => sourceType)
        .toSorted(),
    ).toEqual(["db-cluster", "db-instance", "db-parameter-group"]);
    const standards = inputs("aws:securityhub/standardsSubscription:StandardsSubscription");
    expect(standards.map(({ standardsArn }) => String(standardsArn).split("standards/")[1])).toEqual(
      expect.arrayContaining([
        "aws-foundational-security-best-practices/v/1.0.0",
        "cis-aws-foundations-benchmark/v/5.0.0",
      ]),
    );
  });

  it("are alarms wherever the benchmark wants to be told of calls", () => {
    const filters = resources.filter(({ type }) => type === "aws:cloudwatch/logMetricFilter:LogMetricFilter");
    const alarms = resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
    for (const filter of filters) {
      expect(String(filter.inputs["pattern"]).length).toBeLessThanOrEqual(1024);
      expect(
        alarms.some(({ name }) => name === filter.name),
        filter.name,
      ).toBe(true);
    }
  });
});
