import { describe, expect, it } from "vitest";

import { ecrImmutableScanned } from "../../../policies/rules/ecr/ecr-immutable-scanned.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const REPOSITORY = "aws:ecr/repository:Repository";
const right = {
  imageTagMutability: "IMMUTABLE",
  imageScanningConfiguration: { scanOnPush: true },
  encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: UNKNOWN }],
};

describe(ecrImmutableScanned.name, () => {
  it.each([
    { title: "accepts unchanging tags, scans and a customer key", props: right, findings: [] },
    {
      title: "accepts unchanging tags with named exceptions",
      props: { ...right, imageTagMutability: "IMMUTABLE_WITH_EXCLUSION" },
      findings: [],
    },
    {
      title: "rejects tags that change",
      props: { ...right, imageTagMutability: "MUTABLE" },
      findings: ["imageTagMutability is MUTABLE, required IMMUTABLE"],
    },
    {
      title: "rejects scans switched off",
      props: { ...right, imageScanningConfiguration: { scanOnPush: false } },
      findings: ["imageScanningConfiguration.scanOnPush is false, required true"],
    },
    {
      title: "rejects AWS' own key",
      props: { ...right, encryptionConfigurations: [{ encryptionType: "AES256" }] },
      findings: ["encryptionConfigurations[0].encryptionType is AES256, required KMS"],
    },
    {
      title: "rejects deletion with all images",
      props: { ...right, forceDelete: true },
      findings: ["forceDelete is true, required false"],
    },
    {
      title: "rejects a repository that leaves everything to AWS",
      props: {},
      findings: [
        "imageTagMutability is nothing, required IMMUTABLE",
        "imageScanningConfiguration.scanOnPush is nothing, required true",
        "encryptionConfigurations[0].encryptionType is nothing, required KMS",
      ],
    },
    {
      title: "is undetermined while mutability is unknown",
      props: { ...right, imageTagMutability: UNKNOWN },
      findings: ["undetermined: imageTagMutability"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(ecrImmutableScanned, REPOSITORY, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(ecrImmutableScanned, "aws:ecr/lifecyclePolicy:LifecyclePolicy", {})).toEqual([]);
  });
});
