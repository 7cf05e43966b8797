import * as appconfig from "@pulumi/aws/appconfig/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import type { FlagsSettings } from "../../config/blocks/flags.ts";
import { nameOf } from "../../core/names.ts";
import { FLAGS } from "../../standards/flags.ts";
import type { Queues } from "../queues.ts";
import { policyDocumentOutput, serviceTrust } from "../shared/iam.ts";
import type { FlagLine, Pace } from "./line.ts";
import { createFlagLine } from "./line.ts";

export interface FlagsArgs {
  readonly environment: Environment;
  readonly settings: FlagsSettings;
  /** Have the alarms of the queues that the settings name. */
  readonly queues: Pick<Queues, "queues">;
  /** Further alarms that take a change back when they start while it is being rolled out. */
  readonly rollbackAlarmArns: readonly pulumi.Output<string>[];
}

/** Everyone, at once: programs ask every minute, so that a change has arrived within two. ROLL-01, TGT-14 */
const AT_ONCE: Pace = { description: "Everyone, at once", growthPercent: 100, deploymentMinutes: 0, bakeMinutes: 0 };

/** The pace of releases; in an incident nobody waits. */
const paceOf = ({ incidentId, growthPercent, deploymentMinutes, bakeMinutes }: FlagsSettings): Pace =>
  incidentId === null
    ? { description: "Equal steps, each watched", growthPercent, deploymentMinutes, bakeMinutes }
    : AT_ONCE;

/**
 * Feature flags that change without a release. Those of releases and experiments reach the clients in steps, and go back by
 * themselves when an alarm starts meanwhile; switches for bad days (kind operational) reach all at once, and no alarm takes
 * them back, since alarms are why they are thrown. Every flag has an owner and, unless it is such a switch, a day on which
 * it goes. Flags are no secrets; AppConfig keeps them encrypted with a key of its own, so that readers need no key.
 */
export class Flags extends pulumi.ComponentResource {
  readonly applicationId: pulumi.Output<string>;
  /** Flags of releases and experiments. */
  readonly releases: FlagLine;
  /** Switches for bad days. */
  readonly switches: FlagLine;

  constructor(name: string, args: FlagsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:delivery:Flags", name, {}, opts);
    const { environment, settings } = args;
    const application = new appconfig.Application(
      name,
      { name: nameOf(environment), description: "Feature flags of the services" },
      // Versions stay (line.ts); AppConfig deletes no profile that has some, and no application that has a profile.
      { parent: this, retainOnDelete: true },
    );
    const line = {
      environment,
      application,
      reason: settings.incidentId === null ? undefined : `Because of ${settings.incidentId}`,
    };
    const isSwitch = ({ kind }: FlagsSettings["flags"][number]) => kind === "operational";
    this.releases = createFlagLine(name, {
      ...line,
      stageName: environment.name,
      stageDescription: "Flags of releases and experiments",
      profileName: "flags",
      flags: settings.flags.filter((flag) => !isSwitch(flag)),
      pace: paceOf(settings),
      monitors: this.monitorsOf(name, args),
    });
    this.switches = createFlagLine(`${name}-switches`, {
      ...line,
      stageName: `${environment.name}-switches`,
      stageDescription: "Switches for bad days",
      profileName: "switches",
      flags: settings.flags.filter(isSwitch),
      pace: AT_ONCE,
      monitors: [],
    });
    this.applicationId = application.id;
    this.registerOutputs({ applicationId: this.applicationId });
  }

  /** The alarms that take a change back; AppConfig looks at them with a role of ours. */
  private monitorsOf(name: string, { environment, settings, queues, rollbackAlarmArns }: FlagsArgs) {
    const ofQueues = settings.rollbackQueues.map((queue) => {
      const outputs = queues.queues[queue];
      if (outputs === undefined) throw new Error(`${name}: no queue is named "${queue}"`);
      return outputs.stalledAlarmArn;
    });
    const alarmArns = [...ofQueues, ...rollbackAlarmArns];
    if (alarmArns.length > FLAGS.awsMaxMonitors)
      throw new Error(`${name}: AppConfig watches ${FLAGS.awsMaxMonitors} alarms at most, not ${alarmArns.length}`);
    if (alarmArns.length === 0) return [];
    const role = new iam.Role(
      name,
      {
        description: "Taken on by AppConfig to look at the alarms that take flags back",
        assumeRolePolicy: serviceTrust("appconfig", environment),
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
}
