import * as sns from "@pulumi/aws/sns/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { NotifySettings } from "../../config/blocks/notify.ts";
import type { Audience } from "../../standards/notify.ts";
import { AUDIENCES, NOTIFY } from "../../standards/notify.ts";
import type { ResourcePolicyStatement } from "../shared/iam.ts";
import { arnWithRights, policyDocument, tlsOnly } from "../shared/iam.ts";

export type TopicArns = Readonly<Record<Audience, pulumi.Output<string>>>;

export interface RegionalTopicsArgs {
  readonly settings: NotifySettings;
  readonly accountId: string;
  /** Region of the topics; undefined: the provider's own. */
  readonly region: string | undefined;
  /** Key of that region for messages. */
  readonly kmsKeyArn: pulumi.Input<string>;
}

/**
 * One service that may publish. CloudWatch and billing name the account they act for; EventBridge names none when it
 * publishes to a topic: a condition there would drop every event unseen.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html
 */
function admit(service: string, topicArn: string, accountId: string): ResourcePolicyStatement<string> {
  return {
    Sid: `${service.replace(".", "")}Publishes`,
    Effect: "Allow",
    Principal: { Service: `${service}.amazonaws.com` },
    Action: "sns:Publish",
    Resource: topicArn,
    ...(service === "events" ? {} : { Condition: { StringEquals: { "aws:SourceAccount": accountId } } }),
  };
}

/** Who may publish: the services of the audience, over TLS. Roles of this account go by their own permissions. */
function topicPolicy(audience: Audience, topicArn: string, accountId: string): string {
  return policyDocument([
    ...NOTIFY.publishers[audience].map((service) => admit(service, topicArn, accountId)),
    tlsOnly("sns:Publish", topicArn),
  ]);
}

/** People who are told directly, as protocol and endpoint. */
function recipients(
  audience: Audience,
  { email, smsNumbers }: NotifySettings,
): { protocol: string; endpoint: string }[] {
  return [
    ...email[audience].map((endpoint) => ({ protocol: "email", endpoint })),
    // Text messages are for what cannot wait.
    ...(audience === "page" ? smsNumbers.map((endpoint) => ({ protocol: "sms", endpoint })) : []),
  ];
}

function createTopic(
  name: string,
  audience: Audience,
  args: RegionalTopicsArgs,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const place = args.region === undefined ? {} : { region: args.region };
  const topic = new sns.Topic(
    name,
    {
      ...place,
      displayName: `Preflight ${audience}`,
      kmsMasterKeyId: args.kmsKeyArn,
      signatureVersion: 2,
      tags: { Name: name },
    },
    opts,
  );
  const child = { parent: topic };
  const policy = new sns.TopicPolicy(
    name,
    { ...place, arn: topic.arn, policy: topic.arn.apply((arn) => topicPolicy(audience, arn, args.accountId)) },
    child,
  );
  for (const { protocol, endpoint } of recipients(audience, args.settings)) {
    // Named by the address: with a number, removing one would renew, and ask to confirm, all that follow.
    new sns.TopicSubscription(
      `${name}-${protocol}-${endpoint}`,
      { ...place, topic: topic.arn, protocol, endpoint },
      child,
    );
  }
  // Whoever is handed the topic may rely on its policy: some services try it at once.
  return arnWithRights(topic, [policy]);
}

/** The topics of one region, each with its policy and the people who are told directly. */
export function createTopics(name: string, args: RegionalTopicsArgs, opts: pulumi.CustomResourceOptions): TopicArns {
  if (args.settings.smsNumbers.length > 0) {
    const place = args.region === undefined ? {} : { region: args.region };
    // The account's default is promotional: cheap, and dropped when the network is busy.
    new sns.SmsPreferences(`${name}-sms`, { ...place, defaultSmsType: "Transactional" }, opts);
  }
  const [page, ticket, security, cost] = AUDIENCES;
  return {
    page: createTopic(`${name}-${page}`, page, args, opts),
    ticket: createTopic(`${name}-${ticket}`, ticket, args, opts),
    security: createTopic(`${name}-${security}`, security, args, opts),
    cost: createTopic(`${name}-${cost}`, cost, args, opts),
  };
}
