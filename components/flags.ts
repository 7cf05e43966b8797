import * as appconfig from "@pulumi/aws/appconfig/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../config/blocks/environment.ts";
import type { FlagsSettings } from "../config/blocks/flags.ts";
import { arnOf, nameOf } from "../core/names.ts";
import { FLAGS } from "../standards/flags.ts";
import type { Queues } from "./queues.ts";
import { policyDocumentOutput, serviceTrust } from "./shared/iam.ts";

export interface FlagsArgs {
  readonly environment: Environment;
  readonly settings: FlagsSettings;
  /** Have the alarms of the queues that the settings name. */
  readonly queues: Pick<Queues, "queues">;
  /** Further alarms that take a change back when they start while it is being rolled out. */
  readonly rollbackAlarmArns: readonly pulumi.Output<string>[];
}

type Flag = FlagsSettings["flags"][number];

const TEXT = { constraints: { type: "string", required: true } } as const;

/** What a flag says of itself, for programs and for who cleans up. */
function definitionOf({ name, description, expires }: Flag) {
  return {
    name,
    description,
    attributes: { owner: TEXT, kind: TEXT, expires: { constraints: { type: "string" } } },
    ...(expires === null ? {} : { _deprecation: { status: "planned", date: expires } }),
  };
}

function valueOf({ enabled, owner, kind, expires }: Flag) {
  return { enabled, owner, kind, ...(expires === null ? {} : { expires }) };
}

/**
 * The flags in the form that AppConfig checks: definitions and values, in alphabetical order, so that a moved line is no
 * new version. @see https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-type-reference-feature-flags.html
 */
function contentOf({ flags }: FlagsSettings): string {
  const sorted = flags.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return JSON.stringify({
    version: "1",
    flags: Object.fromEntries(sorted.map((flag) => [flag.name, definitionOf(flag)])),
    values: Object.fromEntries(sorted.map((flag) => [flag.name, valueOf(flag)])),
  });
}

/**
 * Feature flags that change without a release: what the stack file says reaches the clients in steps, and goes back by
 * itself when an alarm starts meanwhile. Every flag has an owner and, unless it is a switch for bad days, a day on which
 * it goes. Flags are no secrets; AppConfig keeps them encrypted with a key of its own, so that readers need no key.
 */
export class Flags extends pulumi.ComponentResource {
  readonly applicationId: pulumi.Output<string>;
  readonly environmentId: pulumi.Output<string>;
  readonly configurationProfileId: pulumi.Output<string>;
  /** What a program may read that reads the flags of this environment, and nothing else. */
  readonly configurationArn: pulumi.Output<string>;

  constructor(name: string, args: FlagsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:delivery:Flags", name, {}, opts);
    const { environment, settings } = args;
    const application = new appconfig.Application(
      name,
      { name: nameOf(environment), description: "Feature flags of the services" },
      { parent: this },
    );
    const stage = this.createEnvironment(name, args, application);
    const profile = new appconfig.ConfigurationProfile(
      name,
      { applicationId: application.id, name: "flags", type: "AWS.AppConfig.FeatureFlags", locationUri: "hosted" },
      { parent: application },
    );
    const strategy = new appconfig.DeploymentStrategy(
      name,
      {
        description: "Equal steps, each watched",
        growthType: "LINEAR",
        growthFactor: settings.growthPercent,
        deploymentDurationInMinutes: settings.deploymentMinutes,
        finalBakeTimeInMinutes: settings.bakeMinutes,
        replicateTo: "NONE",
      },
      { parent: application },
    );
    this.deployFlags(name, settings, application, stage, profile, strategy);

    this.applicationId = application.id;
    this.environmentId = stage.environmentId;
    this.configurationProfileId = profile.configurationProfileId;
    this.configurationArn = pulumi
      .all([application.id, stage.environmentId, profile.configurationProfileId])
      .apply(([applicationId, environmentId, profileId]) =>
        arnOf(
          environment,
          "appconfig",
          `application/${applicationId}/environment/${environmentId}/configuration/${profileId}`,
        ),
      );
    this.registerOutputs({
      applicationId: this.applicationId,
      environmentId: this.environmentId,
      configurationProfileId: this.configurationProfileId,
    });
  }

  private createEnvironment(
    name: string,
    { environment, settings, queues, rollbackAlarmArns }: FlagsArgs,
    application: appconfig.Application,
  ): appconfig.Environment {
    const ofQueues = settings.rollbackQueues.map((queue) => {
      const outputs = queues.queues[queue];
      if (outputs === undefined) throw new Error(`${name}: no queue is named "${queue}"`);
      return outputs.stalledAlarmArn;
    });
    const alarmArns = [...ofQueues, ...rollbackAlarmArns];
    if (alarmArns.length > FLAGS.awsMaxMonitors)
      throw new Error(`${name}: AppConfig watches ${FLAGS.awsMaxMonitors} alarms at most, not ${alarmArns.length}`);
    const monitors = alarmArns.length === 0 ? [] : this.monitorsOf(name, environment, alarmArns);
    return new appconfig.Environment(
      name,
      { applicationId: application.id, name: environment.name, description: "What this stack deploys", monitors },
      { parent: application },
    );
  }

  /** AppConfig looks at the alarms with a role of ours. */
  private monitorsOf(name: string, { accountId }: Environment, alarmArns: readonly pulumi.Output<string>[]) {
    const role = new iam.Role(
      name,
      {
        description: "Taken on by AppConfig to look at the alarms that take flags back",
        assumeRolePolicy: serviceTrust("appconfig", { accountId }),
      },
      { parent: this },
    );
    const policy = new iam.RolePolicy(
      name,
      {
        role: role.id,
        policy: policyDocumentOutput([
          // The action knows no single alarms.
          { Sid: "SeeAlarms", Effect: "Allow", Action: "cloudwatch:DescribeAlarms", Resource: "*" },
        ]),
      },
      { parent: role },
    );
    // A role without its permissions yet would make AppConfig take every change back.
    const alarmRoleArn = pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
    return alarmArns.map((alarmArn) => ({ alarmArn, alarmRoleArn }));
  }

  private deployFlags(
    name: string,
    settings: FlagsSettings,
    application: appconfig.Application,
    stage: appconfig.Environment,
    profile: appconfig.ConfigurationProfile,
    strategy: appconfig.DeploymentStrategy,
  ): void {
    const version = new appconfig.HostedConfigurationVersion(
      name,
      {
        applicationId: application.id,
        configurationProfileId: profile.configurationProfileId,
        contentType: "application/json",
        content: contentOf(settings),
        ...(settings.incidentId === null ? {} : { description: `Because of ${settings.incidentId}` }),
      },
      // The version before is where a change goes back to: it must outlive its successor's roll-out.
      { parent: profile, retainOnDelete: true },
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
}
