/** What holds for a whole account. */
export const ACCOUNT = {
  /** Shortest password of an IAM user; CIS AWS 5.0 1.7. */
  minPasswordLength: 14,
  /** Passwords that may not come again; CIS AWS 5.0 1.8. */
  rememberedPasswords: 24,
  /** Days after which a password must change; the longest that FSBP IAM.7 takes. */
  maxPasswordAgeDays: 90,
  /** What Inspector looks at; FSBP Inspector.1 to Inspector.4. */
  inspectedResources: ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"],
} as const;
