/** Facts and bounds of certificates. */
export const CERTIFICATE = {
  /** Key algorithms that are strong enough; RSA_1024 is not. SEC-01, SEC-04 */
  secureKeyAlgorithms: ["EC_prime256v1", "EC_secp384r1", "EC_secp521r1", "RSA_2048", "RSA_3072", "RSA_4096"],
  /** Of these, the ones that CloudFront and balancers both take. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html */
  cdnKeyAlgorithms: ["EC_prime256v1", "RSA_2048"],
  /** How long resolvers keep a validation record, in seconds: short, so that a wrong one is soon forgotten. */
  validationTtlSeconds: 60,
  /** Most names in one certificate without asking AWS for more. @see https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
  awsMaxNames: 10,
} as const;
