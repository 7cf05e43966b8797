/**
 * Measures once a day how old the values are which people renew: the environment's secrets with the tag `rotation` =
 * `manual`, each as a data point of `Readiness/Secrets` `SecretAgeDays`. What counts is when the current version was made;
 * the secret's own date of change moves with every tag. No value is read: the function may not.
 * Whatever fails leaves no data point at all, which the alarms take as bad news.
 * Needs only what the Lambda runtime ships; the SDK's clients take their endpoint from the environment.
 */

const NAMESPACE = "Readiness/Secrets";
const METRIC = "SecretAgeDays";
const MILLISECONDS_A_DAY = 86_400_000;
/** Age in days of a secret without a value: above every alarm's threshold. */
const WITHOUT_VALUE_DAYS = 1_000;

/** The clients, loaded on the first call: the runtime has them, a build machine need not. */
async function connect() {
  const [secrets, metrics] = await Promise.all([
    import("@aws-sdk/client-secrets-manager"),
    import("@aws-sdk/client-cloudwatch"),
  ]);
  return {
    secrets,
    metrics,
    secretsManager: new secrets.SecretsManagerClient({}),
    cloudWatch: new metrics.CloudWatchClient({}),
  };
}

const isManual = ({ Tags }) => Tags?.some(({ Key, Value }) => Key === "rotation" && Value === "manual") === true;

/** Names of the secrets below the prefix that people renew; AWS' own filter looks at prefixes without regard to case. */
async function listManual({ secrets, secretsManager }, prefix) {
  const names = [];
  for await (const { SecretList } of secrets.paginateListSecrets(
    { client: secretsManager },
    { Filters: [{ Key: "name", Values: [prefix] }] },
  )) {
    names.push(
      ...(SecretList ?? [])
        .filter((secret) => isManual(secret) && secret.Name.startsWith(prefix))
        .map(({ Name }) => Name),
    );
  }
  return names;
}

/** Whole days since the secret's current version was made. */
async function ageDays({ secrets, secretsManager }, SecretId, now) {
  for await (const { Versions } of secrets.paginateListSecretVersionIds({ client: secretsManager }, { SecretId })) {
    const current = Versions?.find(({ VersionStages }) => VersionStages?.includes("AWSCURRENT"));
    if (current !== undefined)
      return Math.max(0, Math.floor((now - current.CreatedDate.getTime()) / MILLISECONDS_A_DAY));
  }
  return WITHOUT_VALUE_DAYS;
}

/** The function, with its clients and its clock. */
export function createHandler({ connect: open = connect, now = Date.now } = {}) {
  let clients;
  return async function handle() {
    clients ??= await open();
    const { metrics, cloudWatch } = clients;
    const time = now();
    const ages = [];
    // One after the other: the service allows few of these calls at once, and nobody waits.
    for (const name of await listManual(clients, process.env.NAME_PREFIX))
      ages.push({ name, days: await ageDays(clients, name, time) });
    if (ages.length > 0) {
      const MetricData = ages.map(({ name, days }) => ({
        MetricName: METRIC,
        Dimensions: [{ Name: "SecretName", Value: name }],
        Timestamp: new Date(time),
        Value: days,
      }));
      await cloudWatch.send(new metrics.PutMetricDataCommand({ Namespace: NAMESPACE, MetricData }));
    }
    console.info(JSON.stringify({ measured: ages }));
  };
}

export const handler = createHandler();
