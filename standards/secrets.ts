/** Bounds for secrets and their rotation. */
export const SECRETS = {
  /** Longest time in days for which any secret stays the same: what rules judge by; TGT-22, SECR-02. */
  maxRotationDays: 90,
  /** The same by kind of access and by profile: a data store's password opens more than a key to one service; TGT-22. */
  maxRotationDaysByProfile: {
    standard: { dataStore: 30, other: 90 },
    production: { dataStore: 7, other: 30 },
  },
  /** Shortest length of a secret that we make, in characters; SECR-04. */
  minLengthChars: 32,
  /**
   * Longest length in characters: what ElastiCache accepts as a password, which takes 16 to 128; SECR-04.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html
   */
  maxLengthChars: 128,
  /**
   * Symbols beside letters and digits: none that an engine refuses (ElastiCache: no quote, slash, comma or at sign) and
   * none that has to be escaped in an address; SECR-04.
   */
  symbols: "-_",
  /**
   * Fewest days for which a deleted secret can be called back. AWS accepts 7 to 30, and 0 for at once.
   * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
   */
  minRecoveryWindowDays: 7,
  /** Most days for which a deleted secret can be called back, and what AWS takes when none are given. */
  awsMaxRecoveryWindowDays: 30,
  /**
   * What a production catalogue holds at least. Encryption of the databases is not among it: its keys live in KMS; SECR-07.
   */
  requiredPurposes: ["tokenSigning", "cachePassword", "errorTracker", "chat", "pager", "externalApi"],
  /** Purposes whose secret opens something outside of the environment: who reads one calls an outside service. EXT-05 */
  outsidePurposes: ["errorTracker", "externalApi"],
} as const;

/** Tags by which the rotation function, rules and alarms read what a secret is. */
export const SECRET_TAGS = {
  /** `random` or `redisUser`; what the rotation function does. */
  kind: "secret-kind",
  /** Characters of the values that the rotation function makes. */
  lengthChars: "secret-length-chars",
  /** {@link ROTATION.automatic} or {@link ROTATION.manual}. */
  rotation: "rotation",
  /** Days after which the value must be another one. */
  rotationDays: "rotation-days",
} as const;

/**
 * The metric by which alarms and rules watch the secrets that people renew: whole days since the current value was put in,
 * once a day for each secret; SECR-02, TGT-22.
 */
export const SECRET_AGE = {
  namespace: "Readiness/Secrets",
  metric: "SecretAgeDays",
  /** Holds the secret's name in Secrets Manager. */
  dimension: "SecretName",
} as const;

/** Who renews a secret. */
export const ROTATION = {
  /** The rotation function, or the service itself. */
  automatic: "automatic",
  /** People, because the other side makes the value; an alarm watches its age. */
  manual: "manual",
} as const;
