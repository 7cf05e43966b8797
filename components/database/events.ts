import * as rds from "@pulumi/aws/rds/index.js";
import type * as pulumi from "@pulumi/pulumi";

/** What RDS is to report, by what it is about; FSBP RDS.19, RDS.20, RDS.21. */
const SUBSCRIPTIONS = {
  "db-cluster": ["failover", "failure", "maintenance"],
  "db-instance": ["configuration change", "failure", "maintenance"],
  "db-parameter-group": ["configuration change"],
} as const;

/**
 * What RDS itself reports of databases in this account: failures and failovers, maintenance, changed settings. Metrics show
 * what users feel; this says what the service did.
 */
export function createDatabaseEvents(
  name: string,
  topicArn: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [sourceType, categories] of Object.entries(SUBSCRIPTIONS)) {
    new rds.EventSubscription(
      `${name}-${sourceType}`,
      { snsTopic: topicArn, sourceType, eventCategories: [...categories], enabled: true },
      opts,
    );
  }
}
