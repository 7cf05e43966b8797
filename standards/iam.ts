/**
 * What IAM policies may and may not say; COMP-04. Names of actions are compared without regard to case, `*` and `?` are
 * wildcards, as in IAM itself.
 */
export const IAM = {
  /**
   * AWS-managed policies that hand over the account, or the right to take it.
   * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
   */
  adminPolicies: ["AdministratorAccess", "IAMFullAccess", "PowerUserAccess"],

  /** Verbs with which actions begin that only read. */
  readVerbs: ["BatchGet", "Describe", "Get", "List", "View"],

  /** Actions that read by name but hand out data or credentials: they need a resource like a write. */
  sensitiveReads: [
    "dynamodb:BatchGetItem",
    "dynamodb:GetItem",
    "ecr:BatchGetImage",
    "ecr:GetDownloadUrlForLayer",
    "eks-auth:AssumeRoleForPodIdentity",
    "kinesis:GetRecords",
    "lambda:GetFunction",
    "redshift:GetClusterCredentials*",
    "s3:GetObject*",
    "secretsmanager:BatchGetSecretValue",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter*",
  ],

  /**
   * Actions beyond plain reads which AWS lets nobody limit to a resource, so that `Resource: "*"` is all one can write.
   * `cloudwatch:PutMetricData` is not among them: it takes a condition on `cloudwatch:namespace`.
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
   */
  unscopedActions: [
    "ec2messages:*",
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:PutResourcePolicy",
    "ssmmessages:*",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
  ],
} as const;
