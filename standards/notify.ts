/** Who is told, by how soon somebody must act; one SNS topic each in every region that reports. MON-22, INC-01..04 */
export const AUDIENCES = ["page", "ticket", "security", "cost"] as const;

/**
 * - `page`: users are hurt now; wakes whoever is on call.
 * - `ticket`: somebody must act within working hours.
 * - `security`: findings and changes that somebody must judge.
 * - `cost`: budgets and anomalies.
 */
export type Audience = (typeof AUDIENCES)[number];

/** Bounds and facts of notifications. */
export const NOTIFY = {
  /**
   * AWS services that may publish to the topic of each audience. Everything else publishes with a role of this account.
   * MON-22
   */
  publishers: {
    page: ["cloudwatch"],
    ticket: ["cloudwatch", "events", "events.rds"],
    security: ["cloudwatch", "events"],
    cost: ["budgets", "costalerts"],
  },
  /** Region from which AWS' global services report (CloudFront, Route 53, billing): an alarm's topic is in its region. */
  globalRegion: "us-east-1",
  /** Longest description of an alarm, in characters. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
  awsMaxAlarmDescription: 1024,
  /** Most topics that one Slack channel's configuration may watch. @see https://docs.aws.amazon.com/general/latest/gr/chatbot.html */
  awsMaxTopicsPerChannel: 20,
} as const satisfies {
  readonly publishers: Readonly<Record<Audience, readonly string[]>>;
  readonly globalRegion: string;
  readonly awsMaxAlarmDescription: number;
  readonly awsMaxTopicsPerChannel: number;
};
