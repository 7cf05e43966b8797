import * as appconfig from "@pulumi/aws/appconfig/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import { arnOf } from "../../core/names.ts";
import type { Flag } from "./content.ts";
import { contentHash, contentOf } from "./content.ts";

/** How a change reaches the programs. */
export interface Pace {
  readonly description: string;
  readonly growthPercent: number;
  readonly deploymentMinutes: number;
  readonly bakeMinutes: number;
}

export interface FlagLineArgs {
  readonly environment: Environment;
  readonly application: appconfig.Application;
  /** The stage's name in AppConfig. */
  readonly stageName: string;
  readonly stageDescription: string;
  /** The configuration's name in AppConfig. */
  readonly profileName: string;
  readonly flags: readonly Flag[];
  readonly pace: Pace;
  /** What takes a change back when it starts while the change is going on; empty: nothing does. */
  readonly monitors: readonly {
    readonly alarmArn: pulumi.Input<string>;
    readonly alarmRoleArn: pulumi.Input<string>;
  }[];
  /** Said with the version. */
  readonly reason: string | undefined;
}

/** Where programs read flags. */
export interface FlagLine {
  readonly environmentId: pulumi.Output<string>;
  readonly configurationProfileId: pulumi.Output<string>;
  /** What a program may read that reads these flags, and nothing else. */
  readonly configurationArn: pulumi.Output<string>;
}

/**
 * Flags that change together, at one pace. AppConfig deploys one configuration at a time to a stage, so that each pace
 * has a stage of its own: a switch for bad days must not wait for a release that is being watched.
 * @see https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-deploying.html
 */
export function createFlagLine(name: string, args: FlagLineArgs): FlagLine {
  const { environment, application, stageName, stageDescription, profileName, pace } = args;
  const child = { parent: application, retainOnDelete: false };
  const stage = new appconfig.Environment(
    name,
    {
      applicationId: application.id,
      name: stageName,
      description: stageDescription,
      monitors: [...args.monitors],
    },
    child,
  );
  const profile = new appconfig.ConfigurationProfile(
    name,
    {
      applicationId: application.id,
      name: profileName,
      type: "AWS.AppConfig.FeatureFlags",
      locationUri: "hosted",
    },
    { ...child, retainOnDelete: true },
  );
  const strategy = new appconfig.DeploymentStrategy(
    name,
    {
      description: pace.description,
      growthType: "LINEAR",
      growthFactor: pace.growthPercent,
      deploymentDurationInMinutes: pace.deploymentMinutes,
      finalBakeTimeInMinutes: pace.bakeMinutes,
      replicateTo: "NONE",
    },
    child,
  );
  deployFlags(name, args, { stage, profile, strategy });
  const configurationArn = pulumi
    .all([application.id, stage.environmentId, profile.configurationProfileId])
    .apply(([applicationId, environmentId, profileId]) =>
      arnOf(
        environment,
        "appconfig",
        `application/${applicationId}/environment/${environmentId}/configuration/${profileId}`,
      ),
    );
  return {
    environmentId: stage.environmentId,
    configurationProfileId: profile.configurationProfileId,
    configurationArn,
  };
}

/** The flags as they are now, on their way to the programs. */
function deployFlags(
  name: string,
  { application, flags, reason }: FlagLineArgs,
  {
    stage,
    profile,
    strategy,
  }: {
    readonly stage: appconfig.Environment;
    readonly profile: appconfig.ConfigurationProfile;
    readonly strategy: appconfig.DeploymentStrategy;
  },
): void {
  const content = contentOf(flags);
  const version = new appconfig.HostedConfigurationVersion(
    // The name follows the content, unlike all others: AppConfig gives back more than it was given (when each flag was made
    // and changed), so that the content itself can't be compared; with it, every up would be an hour's deployment.
    `${name}-${contentHash(content)}`,
    {
      applicationId: application.id,
      configurationProfileId: profile.configurationProfileId,
      contentType: "application/json",
      content,
      ...(reason === undefined ? {} : { description: reason }),
    },
    // The version before is where a change goes back to: it must outlive its successor's roll-out.
    { parent: profile, retainOnDelete: true, ignoreChanges: ["content", "description"] },
  );
  new appconfig.Deployment(
    name,
    {
      applicationId: application.id,
      environmentId: stage.environmentId,
      configurationProfileId: profile.configurationProfileId,
      configurationVersion: version.versionNumber.apply(String),
      deploymentStrategyId: strategy.id,
    },
    { parent: stage },
  );
}
