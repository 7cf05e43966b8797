import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Registry } from "../../components/registry.ts";
import type { RegistrySettings } from "../../config/blocks/registry.ts";
import type { Registered } from "../support/cloud.ts";
import { deploy, ofType, only } from "../support/cloud.ts";
import { ENVIRONMENT } from "../support/environment.ts";

const REPOSITORY = "aws:ecr/repository:Repository";
const PULL_POLICY = "aws:ecr/repositoryPolicy:RepositoryPolicy";
const REPLICATION = "aws:ecr/replicationConfiguration:ReplicationConfiguration";
const REGISTRY_POLICY = "aws:ecr/registryPolicy:RegistryPolicy";
const SCANNING = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";

const owner: RegistrySettings = {
  owner: true,
  peerAccountId: "444455556666",
  repositories: ["api", "worker"],
  keptImages: 100,
  enhancedScanning: false,
};
const copy: RegistrySettings = { ...owner, owner: false, peerAccountId: "111122223333", enhancedScanning: true };
const deployWith = (settings: RegistrySettings) =>
  deploy(
    () =>
      new Registry("registry", {
        environment: ENVIRONMENT,
        settings,
        keys: { arns: { registry: pulumi.output("registry-key") } },
      }),
  );

let owned: Registered[];
let copied: Registered[];
beforeAll(async () => {
  owned = await deployWith(owner);
  copied = await deployWith(copy);
});

describe("Registry", () => {
  it("makes the same repositories on both sides: unchanging tags, scanned, encrypted, kept", () => {
    for (const resources of [owned, copied]) {
      expect(ofType(resources, REPOSITORY).map(({ inputs }) => inputs["name"])).toEqual([
        "preflight/api",
        "preflight/worker",
      ]);
      for (const repository of ofType(resources, REPOSITORY)) {
        expect(repository).toMatchObject({ protect: true, retainOnDelete: true });
        expect(repository.inputs).toMatchObject({
          imageTagMutability: "IMMUTABLE",
          imageScanningConfiguration: { scanOnPush: true },
          encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: "registry-key" }],
          forceDelete: false,
        });
      }
    }
  });

  it("counts what ran here by itself, before everything else: no push takes the image that runs", () => {
    const policies = ofType(owned, "aws:ecr/lifecyclePolicy:LifecyclePolicy");
    const rules: { rulePriority: number; selection: object }[] = JSON.parse(
      String(policies[0]?.inputs["policy"]),
    ).rules;
    expect(rules.map(({ rulePriority }) => rulePriority)).toEqual([1, 2, 3]);
    expect(rules[0]?.selection).toEqual({
      tagStatus: "tagged",
      tagPrefixList: ["deployed.staging."],
      countType: "imageCountMoreThan",
      countNumber: 30,
    });
  });

  it("keeps the newest images, and drops what no tag names", () => {
    const policies = ofType(owned, "aws:ecr/lifecyclePolicy:LifecyclePolicy");
    expect(policies).toHaveLength(2);
    const rules: { selection: object }[] = JSON.parse(String(policies[0]?.inputs["policy"])).rules;
    expect(rules.slice(1).map(({ selection }) => selection)).toEqual([
      { tagStatus: "untagged", countType: "sinceImagePushed", countUnit: "days", countNumber: 7 },
      { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 100 },
    ]);
  });

  it("copies what is pushed to the other account, in this region, under the prefix", () => {
    expect(only(owned, REPLICATION).inputs["replicationConfiguration"]).toEqual({
      rules: [
        {
          destinations: [{ region: "eu-west-1", registryId: "444455556666" }],
          repositoryFilters: [{ filter: "preflight/", filterType: "PREFIX_MATCH" }],
        },
      ],
    });
    expect(ofType(copied, REPLICATION)).toEqual([]);
  });

  it("lets the other account pull from the owner, and nobody else, and nothing but pull", () => {
    expect(ofType(owned, PULL_POLICY)).toHaveLength(2);
    const document = JSON.parse(String(ofType(owned, PULL_POLICY)[0]?.inputs["policy"]));
    expect(document.Statement).toEqual([
      expect.objectContaining({
        Principal: { AWS: "arn:aws:iam::444455556666:root" },
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      }),
    ]);
    expect(ofType(copied, PULL_POLICY)).toEqual([]);
  });

  it("lets the owner put copies into existing repositories, but make none", () => {
    const document = JSON.parse(String(only(copied, REGISTRY_POLICY).inputs["policy"]));
    expect(document.Statement).toEqual([
      expect.objectContaining({
        Principal: { AWS: "arn:aws:iam::111122223333:root" },
        Action: "ecr:ReplicateImage",
        Resource: "arn:aws:ecr:eu-west-1:111122223333:repository/preflight/*",
      }),
    ]);
    expect(ofType(owned, REGISTRY_POLICY)).toEqual([]);
  });

  it("scans again and again where asked, and on arrival at least", () => {
    expect(only(owned, SCANNING).inputs).toMatchObject({
      scanType: "BASIC",
      rules: [expect.objectContaining({ scanFrequency: "SCAN_ON_PUSH" })],
    });
    expect(only(copied, SCANNING).inputs).toMatchObject({
      scanType: "ENHANCED",
      rules: [expect.objectContaining({ scanFrequency: "CONTINUOUS_SCAN" })],
    });
  });
});
