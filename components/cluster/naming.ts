import type { Environment } from "../../config/blocks/environment.ts";

/** The cluster's name in AWS: people, kubeconfig files, tags and log groups must know it, so Pulumi does not make one up. */
export function clusterName(environment: Pick<Environment, "name">): string {
  return `preflight-${environment.name}`;
}

/** The cluster's ARN, known before the cluster exists: trust policies name it. */
export function clusterArn(environment: Pick<Environment, "name" | "accountId" | "region">): string {
  return `arn:aws:eks:${environment.region}:${environment.accountId}:cluster/${clusterName(environment)}`;
}
