/**
 * Tells people of a finding of Security Hub, and then writes into the finding that they were told: its state leaves `NEW`,
 * and the route takes new ones alone. In this order, so that what goes wrong is told twice rather than never. Security Hub
 * itself makes a finding new again that passed and fails anew.
 * What cannot be told or marked is an error: Lambda tries again, then hands it to the on-failure destination.
 * Needs only what the Lambda runtime ships.
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_WorkflowUpdate.html
 */

/** Tries of one call, with growing pauses: a new try of the whole function tells people again. */
const MAX_ATTEMPTS = 6;

/** The clients, loaded on the first call: the runtime has them, a build machine need not. */
async function connect() {
  const [sns, securityHub] = await Promise.all([import("@aws-sdk/client-sns"), import("@aws-sdk/client-securityhub")]);
  return {
    sns,
    securityHub,
    topics: new sns.SNSClient({ maxAttempts: MAX_ATTEMPTS }),
    findings: new securityHub.SecurityHubClient({ maxAttempts: MAX_ATTEMPTS }),
  };
}

/** The function, with its clients. */
export function createHandler({ connect: open = connect } = {}) {
  let clients;
  return async function handle(event) {
    clients ??= await open();
    const { sns, securityHub, topics, findings } = clients;
    // The event as it came: chat knows what it is.
    await topics.send(new sns.PublishCommand({ TopicArn: process.env.TOPIC_ARN, Message: JSON.stringify(event) }));
    const FindingIdentifiers = event.detail.findings.map(({ Id, ProductArn }) => ({ Id, ProductArn }));
    const { UnprocessedFindings = [] } = await findings.send(
      new securityHub.BatchUpdateFindingsCommand({ FindingIdentifiers, Workflow: { Status: "NOTIFIED" } }),
    );
    const [left] = UnprocessedFindings;
    if (left !== undefined)
      throw new Error(`${left.FindingIdentifier.Id} was not marked: ${left.ErrorCode}: ${left.ErrorMessage}`);
    console.info(JSON.stringify({ told: FindingIdentifiers.map(({ Id }) => Id) }));
  };
}

export const handler = createHandler();
