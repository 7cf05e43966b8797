/** Bounds for queues. */
export const QUEUE = {
  /** Most messages that may wait: at so many for {@link depthMinutes} an alarm starts; EXT-02. */
  maxDepthMessages: 1000,
  /** Minutes for which a queue may stay too deep or too old before an alarm starts; EXT-02. */
  depthMinutes: 5,
  /** Longest time, in seconds, for which a message may wait before an alarm starts; EXT-02. */
  maxOldestMessageSeconds: 3600,
  /** Fewest tries before a message counts as dead: one failure is no poison. EXT-01 */
  minReceiveCount: 3,
  /** Most tries which AWS accepts. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
  awsMaxReceiveCount: 1000,
  /**
   * Longest time, in days, for which SQS keeps a message; dead-letter queues use all of it. EXT-01
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
   */
  awsMaxRetentionDays: 14,
  /**
   * Days that a dead message must have left: in a standard queue it ages on from when it was first sent, so a queue that
   * keeps messages as long as its dead-letter queue hands over what is about to vanish. EXT-01
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
   */
  minDaysAsDeadLetter: 4,
  /** Longest time, in seconds, for which a received message stays hidden. */
  awsMaxVisibilityTimeoutSeconds: 43_200,
  /** Longest wait for a message in one call, in seconds: empty answers cost as much as full ones. */
  awsMaxReceiveWaitSeconds: 20,
  /**
   * Queues that keep nothing longer than this many seconds carry news that spoils, such as interruption notices: a
   * dead-letter queue would only collect what no longer holds.
   */
  maxEphemeralRetentionSeconds: 300,
} as const;

export const SECONDS_PER_DAY = 86_400;
