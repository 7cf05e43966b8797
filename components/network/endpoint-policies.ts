import { globalArn } from "../../core/names.ts";
import type { ResourcePolicyStatement } from "../shared/iam.ts";
import { policyDocument } from "../shared/iam.ts";

type Statement = ResourcePolicyStatement<string>;

/** Whoever belongs to this account; what they may do, IAM decides. Credentials of another account get no answer. */
const ownPrincipals = (accountId: string): Statement => ({
  Sid: "PrincipalsOfThisAccount",
  Effect: "Allow",
  Principal: "*",
  Action: "*",
  Resource: "*",
  Condition: { StringEquals: { "aws:PrincipalAccount": accountId } },
});

/** As before, and only on what belongs to the account: nothing is carried into a bucket or table of somebody else. */
const ownPrincipalsOnOwnResources = (accountId: string): Statement => ({
  ...ownPrincipals(accountId),
  Sid: "PrincipalsOfThisAccountOnItsResources",
  Condition: { StringEquals: { "aws:PrincipalAccount": accountId, "aws:ResourceAccount": accountId } },
});

/**
 * Who may use the interface endpoint of a service. STS also hears callers that have no identity yet and are about to get
 * one: the pipeline's jobs, which show GitHub's token to become a role of this account.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
export function interfaceEndpointPolicy(service: string, accountId: string): string {
  if (service !== "sts") return policyDocument([ownPrincipals(accountId)]);
  const federation: Statement = {
    Sid: "FederatedIntoRolesOfThisAccount",
    Effect: "Allow",
    Principal: { Federated: "*" },
    Action: "sts:AssumeRoleWithWebIdentity",
    Resource: globalArn(accountId, "iam", "role/*"),
  };
  return policyDocument([ownPrincipals(accountId), federation]);
}

/** Who may use the gateway endpoint of DynamoDB. */
export function dynamodbEndpointPolicy(accountId: string): string {
  return policyDocument([ownPrincipalsOnOwnResources(accountId)]);
}

/**
 * Who may use the gateway endpoint of S3. Reading stays open: image layers of ECR and of Kubernetes' public registry and
 * the packages of Amazon Linux lie in buckets of others and are read without an identity of ours.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
 */
export function s3EndpointPolicy(accountId: string): string {
  const reading: Statement = {
    Sid: "ImagesAndPackages",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: "*",
  };
  return policyDocument([ownPrincipalsOnOwnResources(accountId), reading]);
}
