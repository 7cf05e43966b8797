import * as ecr from "@pulumi/aws/ecr/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../config/blocks/environment.ts";
import type { RegistrySettings } from "../config/blocks/registry.ts";
import { accountArn, deployedTagPrefix, repositoryArns, repositoryName } from "../core/names.ts";
import { REGISTRY } from "../standards/registry.ts";
import type { Keys } from "./keys/keys.ts";
import { policyDocument } from "./shared/iam.ts";

export interface RegistryArgs {
  readonly environment: Environment;
  readonly settings: RegistrySettings;
  /** Images are encrypted with the key "registry". */
  readonly keys: Pick<Keys<"registry">, "arns">;
}

/**
 * What stays: everything that a roll back may need. Rules are applied by priority, and an image with the tag of a rule is
 * expired by none that comes later: what runs does not go because of what others push. Each environment counts its own,
 * since tags are copied to the other account. Parts of an image for several platforms have no tag, and stay with it.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
 */
function lifecyclePolicy({ environment, settings }: RegistryArgs): string {
  return JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: "All but the newest of those that ran here",
        selection: {
          tagStatus: "tagged",
          tagPrefixList: [deployedTagPrefix(environment)],
          countType: "imageCountMoreThan",
          countNumber: REGISTRY.keptDeployedImages,
        },
        action: { type: "expire" },
      },
      {
        rulePriority: 2,
        description: "What no tag names any more",
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: REGISTRY.untaggedDays,
        },
        action: { type: "expire" },
      },
      {
        rulePriority: 3,
        description: "All but the newest images",
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: settings.keptImages },
        action: { type: "expire" },
      },
    ],
  });
}

/**
 * Repositories for the services' images, the same in both accounts: a tag never changes its image, every image is scanned
 * when it arrives, and old ones vanish, those that run last of all. The owner copies what is pushed to the other account, so that production runs the
 * digest that staging ran and needs no access to staging. Registry-wide settings belong to this component alone.
 */
export class Registry extends pulumi.ComponentResource {
  /** Address of each service's repository, without a tag. */
  readonly repositoryUrls: Readonly<Record<string, pulumi.Output<string>>>;
  /** ARN of each service's repository, for permissions to pull and push. */
  readonly repositoryArns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: RegistryArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:delivery:Registry", name, {}, opts);
    const { settings } = args;
    const repositories = settings.repositories.map(
      (service) => [service, this.createRepository(`${name}-${service}`, service, args)] as const,
    );
    this.repositoryUrls = Object.fromEntries(
      repositories.map(([service, { repositoryUrl }]) => [service, repositoryUrl]),
    );
    this.repositoryArns = Object.fromEntries(repositories.map(([service, { arn }]) => [service, arn]));
    this.configureScanning(name, args);
    if (settings.owner)
      this.replicate(
        name,
        args,
        repositories.map(([, repository]) => repository),
      );
    else this.admitReplication(name, args);
    this.registerOutputs({ repositoryUrls: this.repositoryUrls, repositoryArns: this.repositoryArns });
  }

  private createRepository(childName: string, service: string, args: RegistryArgs): ecr.Repository {
    const { environment, settings, keys } = args;
    const repository = new ecr.Repository(
      childName,
      {
        // Known to pipelines, and equal in both accounts, since copies go by the name.
        name: repositoryName(environment, service),
        imageTagMutability: "IMMUTABLE",
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: keys.arns.registry }],
        forceDelete: false,
      },
      {
        parent: this,
        protect: environment.protectStatefulResources,
        retainOnDelete: environment.retainStatefulResources,
      },
    );
    const child = { parent: repository };
    new ecr.LifecyclePolicy(childName, { repository: repository.name, policy: lifecyclePolicy(args) }, child);
    if (settings.owner) {
      // A way to pull while a copy is missing; nobody else, and nothing but pulling.
      const policy = policyDocument([
        {
          Sid: "PeerPulls",
          Effect: "Allow",
          Principal: { AWS: accountArn(settings.peerAccountId) },
          Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        },
      ]);
      new ecr.RepositoryPolicy(childName, { repository: repository.name, policy }, child);
    }
    return repository;
  }

  private configureScanning(name: string, { environment, settings }: RegistryArgs): void {
    const { enhancedScanning } = settings;
    new ecr.RegistryScanningConfiguration(
      name,
      {
        scanType: enhancedScanning ? "ENHANCED" : "BASIC",
        rules: [
          {
            scanFrequency: enhancedScanning ? "CONTINUOUS_SCAN" : "SCAN_ON_PUSH",
            repositoryFilters: [{ filter: repositoryName(environment, "*"), filterType: "WILDCARD" }],
          },
        ],
      },
      { parent: this },
    );
  }

  /** Copies what is pushed from now on; what is there already is pushed again or copied by hand. */
  private replicate(
    name: string,
    { environment, settings }: RegistryArgs,
    repositories: readonly ecr.Repository[],
  ): void {
    new ecr.ReplicationConfiguration(
      name,
      {
        replicationConfiguration: {
          rules: [
            {
              destinations: [{ region: environment.region, registryId: settings.peerAccountId }],
              repositoryFilters: [{ filter: repositoryName(environment, ""), filterType: "PREFIX_MATCH" }],
            },
          ],
        },
      },
      { parent: this, dependsOn: [...repositories] },
    );
  }

  /** The owner may put copies into our repositories; it cannot make new ones, which would lack encryption and scan. */
  private admitReplication(name: string, { environment, settings }: RegistryArgs): void {
    new ecr.RegistryPolicy(
      name,
      {
        policy: policyDocument([
          {
            Sid: "OwnerReplicates",
            Effect: "Allow",
            Principal: { AWS: accountArn(settings.peerAccountId) },
            Action: "ecr:ReplicateImage",
            Resource: repositoryArns(environment),
          },
        ]),
      },
      { parent: this },
    );
  }
}
