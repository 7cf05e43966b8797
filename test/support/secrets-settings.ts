import type { SecretEntry, SecretsSettings } from "../../config/blocks/secrets.ts";

const COMMON = {
  namespace: "shop",
  owner: "shop@example.com",
  consumers: ["api"],
  description: "Something to keep",
  rotationDays: 7,
};

const made = (name: string, purpose: SecretEntry["purpose"]): SecretEntry => ({
  ...COMMON,
  name,
  purpose,
  kind: "random",
  lengthChars: 48,
});
const given = (name: string, purpose: SecretEntry["purpose"]): SecretEntry => ({
  ...COMMON,
  name,
  purpose,
  kind: "manual",
  lengthChars: null,
});

/** The login of a program to the cache. */
export const CACHE_SECRET: SecretEntry = {
  ...COMMON,
  name: "cache-api",
  purpose: "cachePassword",
  kind: "redisUser",
  lengthChars: 64,
};

/** A secrets block that is right in every profile. */
export const SECRETS_SETTINGS: SecretsSettings = {
  recoveryWindowDays: 30,
  rotationLogRetentionDays: 365,
  catalogue: [
    made("token-signing", "tokenSigning"),
    CACHE_SECRET,
    given("error-tracker-dsn", "errorTracker"),
    given("slack-webhook", "chat"),
    given("pager-key", "pager"),
    given("payment-api-key", "externalApi"),
  ],
};
