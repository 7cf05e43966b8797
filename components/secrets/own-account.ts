import { policyDocument } from "../shared/iam.ts";

/** Policy of a secret: IAM decides inside the account; nobody outside is let in. AWS' own services act for the account and have none. */
export function refuseOtherAccounts(accountId: string): string {
  return policyDocument([
    {
      Sid: "OnlyThisAccount",
      Effect: "Deny",
      Principal: "*",
      Action: "secretsmanager:*",
      Resource: "*",
      Condition: {
        StringNotEquals: { "aws:PrincipalAccount": accountId },
        Bool: { "aws:PrincipalIsAWSService": "false" },
      },
    },
  ]);
}
