import * as chatbot from "@pulumi/aws/chatbot/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import type { NotifySettings } from "../../config/blocks/notify.ts";
import { chatConfigurationName } from "../../core/names.ts";
import { NOTIFY } from "../../standards/notify.ts";
import type { RegionalKeys } from "../keys/regional-keys.ts";
import { policyDocument, trustWithoutSource } from "../shared/iam.ts";
import type { TopicArns } from "./topics.ts";
import { createTopics } from "./topics.ts";

export type { TopicArns } from "./topics.ts";

export interface NotifyArgs {
  readonly environment: Environment;
  readonly settings: NotifySettings;
  /** Keys of every region with topics; they use "messaging". */
  readonly keys: Pick<RegionalKeys, "in">;
  /** Further regions from which something reports, beside the stack's own and the one of AWS' global services. */
  readonly regions: readonly string[];
}

type Slack = NonNullable<NotifySettings["slack"]>;

/** What the channel may show of an alarm: its state and its graph. Nothing can be changed from Slack. */
const CHANNEL_PERMISSIONS = policyDocument([
  {
    Sid: "ShowAlarms",
    Effect: "Allow",
    Action: [
      "cloudwatch:DescribeAlarmHistory",
      "cloudwatch:DescribeAlarms",
      "cloudwatch:DescribeAlarmsForMetric",
      "cloudwatch:GetMetricData",
      "cloudwatch:GetMetricStatistics",
      "cloudwatch:GetMetricWidgetImage",
    ],
    // These know no resources to narrow to, except for alarms, which do not exist yet.
    Resource: "*",
  },
]);

/**
 * Where the environment reports: one topic for each audience, in every region that reports, because an alarm's topic must
 * be in the alarm's own region. Only the services that need to may publish, over TLS, encrypted with the region's key.
 * People are told by mail (each address confirms once a region), Slack and, for pages, text message; the pager is joined by
 * {@link Pager}, which needs the secrets. Cost: nothing to speak of, except for text messages.
 */
export class Notify extends pulumi.ComponentResource {
  /** ARN of the topic of each audience in the stack's region. */
  readonly topicArns: TopicArns;
  /** The same in us-east-1, from where CloudFront, Route 53 and billing report. */
  readonly usEast1TopicArns: TopicArns;
  /** Every region with topics; the stack's own is first. */
  readonly regions: readonly string[];
  /** Address of the runbooks, without a slash at the end; alarms link below it. */
  readonly runbookBaseUrl: string;
  private readonly byRegion: ReadonlyMap<string, TopicArns>;

  constructor(name: string, args: NotifyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:operations:Notify", name, {}, opts);
    const { environment, settings } = args;
    this.regions = [...new Set([environment.region, NOTIFY.globalRegion, ...args.regions])];
    this.byRegion = new Map(this.regions.map((region) => [region, this.createRegion(name, region, args)]));
    this.topicArns = this.topicArnsIn(environment.region);
    this.usEast1TopicArns = this.topicArnsIn(NOTIFY.globalRegion);
    this.runbookBaseUrl = settings.runbookBaseUrl;
    if (settings.slack !== null) this.createSlack(`${name}-slack`, settings.slack, environment);
    this.registerOutputs({ topicArns: this.topicArns, usEast1TopicArns: this.usEast1TopicArns });
  }

  /** Topics of a region; a region without topics is a mistake of the program, not of its configuration. */
  topicArnsIn(region: string): TopicArns {
    const topics = this.byRegion.get(region);
    if (topics === undefined)
      throw new Error(`no topics were made in ${region}: add it to the regions of the notifications`);
    return topics;
  }

  private createRegion(name: string, region: string, { environment, settings, keys }: NotifyArgs): TopicArns {
    const home = region === environment.region;
    return createTopics(
      home ? name : `${name}-${region}`,
      {
        settings,
        accountId: environment.accountId,
        region: home ? undefined : region,
        kmsKeyArn: keys.in(region).arns.messaging,
      },
      { parent: this },
    );
  }

  /** AWS Chatbot posts to the channels, of all regions at once. */
  private createSlack(childName: string, { workspaceId, channels }: Slack, environment: Environment): void {
    const role = new iam.Role(
      childName,
      {
        description: "Taken on by AWS Chatbot to show alarms in Slack; reads metrics, changes nothing",
        assumeRolePolicy: trustWithoutSource("chatbot"),
      },
      { parent: this },
    );
    // Also the guardrail: what the role may not do, no command in the channel can.
    const policy = new iam.Policy(
      childName,
      { description: "State and graphs of alarms", policy: CHANNEL_PERMISSIONS },
      { parent: role },
    );
    const attachment = new iam.RolePolicyAttachment(
      childName,
      { role: role.name, policyArn: policy.arn },
      { parent: role },
    );
    for (const channel of channels) {
      new chatbot.SlackChannelConfiguration(
        `${childName}-${channel.name}`,
        {
          configurationName: chatConfigurationName(environment, channel.name),
          slackTeamId: workspaceId,
          slackChannelId: channel.id,
          iamRoleArn: role.arn,
          guardrailPolicyArns: [policy.arn],
          snsTopicArns: this.regions.flatMap((region) =>
            channel.audiences.map((audience) => this.topicArnsIn(region)[audience]),
          ),
          loggingLevel: "ERROR",
          userAuthorizationRequired: true,
        },
        { parent: this, dependsOn: [attachment] },
      );
    }
  }
}
