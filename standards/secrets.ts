/** Bounds for secrets and their rotation. */
export const SECRETS = {
  /**
   * Shortest time in days between two rotations; what Secrets Manager takes for the days of a rotation begins here too. Far
   * more than {@link SECRET_DELIVERY}: a program that is one rotation behind still works, one that is two behind does not.
   * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html
   */
  minRotationDays: 1,
  /** Longest time in days for which any secret stays the same: what rules judge by; TGT-22, SECR-02. */
  maxRotationDays: 90,
  /** The same by kind of access and by profile: a data store's password opens more than a key to one service; TGT-22. */
  maxRotationDaysByProfile: {
    standard: { dataStore: 30, other: 90 },
    production: { dataStore: 7, other: 30 },
  },
  /** Shortest length of a secret that we make, in characters; SECR-04. */
  minLengthChars: 32,
  /** Longest value of a tag. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
  awsMaxTagChars: 256,
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

/**
 * How a new value reaches programs that run: External Secrets reads it, the kubelet rewrites the files, the program opens
 * them again; SECR-02.
 */
export const SECRET_DELIVERY = {
  /** Seconds between two looks of External Secrets into Secrets Manager. */
  refreshSeconds: 300,
  /**
   * Longest time, in seconds, until the kubelet rewrites a mounted secret: it looks at each pod every 60 seconds
   * (`syncFrequency`), stretched by up to a half (`workerResyncIntervalJitterFactor` in its pod_workers.go).
   * @see https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod
   */
  kubeletSeconds: 90,
  /** Longest time, in seconds, for which a program may keep what it has read; docs/guides/rotation.md tells it so. */
  programSeconds: 60,
  /** By when, in seconds, every program has a new value while everything works: the three and a margin for their calls. */
  withinSeconds: 600,
} as const;

/**
 * What the value of a secret of the kind random holds, as fields of its JSON: `current` is used, all three are accepted.
 * `next` becomes current with the next rotation: whoever checks knows a value for a whole period before anybody uses it.
 */
export const KEY_RING = ["current", "next", "previous"] as const;

/** Tags by which the rotation function, rules and alarms read what a secret is. */
export const SECRET_TAGS = {
  /** What it opens. */
  purpose: "secret-purpose",
  /** Programs that read it, with spaces between: whom a rotation or a deletion concerns. */
  consumers: "secret-consumers",
  /** `random` or `redisUser`: what the rotation function does, and what the value holds. */
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
