import { Provider } from "@pulumi/aws/provider.js";

import { Runner } from "./components/access/runner.ts";
import { Sessions } from "./components/access/sessions.ts";
import { Account } from "./components/account/account.ts";
import { Audit } from "./components/audit/audit.ts";
import { Backup } from "./components/backup/backup.ts";
import { BalancerAccess } from "./components/balancer-access.ts";
import { Budget } from "./components/budget.ts";
import { Cache } from "./components/cache/cache.ts";
import { Cdn } from "./components/cdn/cdn.ts";
import { OriginSecret } from "./components/cdn/origin-secret.ts";
import { Certificates } from "./components/certificate/certificates.ts";
import { Cluster } from "./components/cluster/cluster.ts";
import { ClusterServices } from "./components/cluster-services/cluster-services.ts";
import { Database } from "./components/database/database.ts";
import { Dns } from "./components/dns/dns.ts";
import { HealthChecks } from "./components/dns/health-checks.ts";
import { Flags } from "./components/flags/flags.ts";
import { KEY_PURPOSES, Keys } from "./components/keys/keys.ts";
import { RegionalKeys } from "./components/keys/regional-keys.ts";
import { Namespaces } from "./components/namespaces.ts";
import { Network } from "./components/network/network.ts";
import { Notify } from "./components/notify/notify.ts";
import { Pager } from "./components/notify/pager.ts";
import { requirePolicyPack } from "./components/policy-guard.ts";
import { Queues } from "./components/queues.ts";
import { nextSteps as remainingSteps } from "./components/readiness/next-steps.ts";
import { requireReadiness } from "./components/readiness/readiness.ts";
import { Registry } from "./components/registry.ts";
import { SecretAge } from "./components/secrets/secret-age.ts";
import { Secrets } from "./components/secrets/secrets.ts";
import { inClusterOptions } from "./components/shared/kubernetes/in-cluster-options.ts";
import { environmentTags } from "./components/shared/tags.ts";
import { AccessLogs } from "./components/storage/access-logs.ts";
import { BalancerFirewall } from "./components/waf/balancer-firewall.ts";
import { EdgeFirewall } from "./components/waf/edge-firewall.ts";
import { Workloads } from "./components/workloads/workloads.ts";
import { loadConfig, packByDefault, policyBypassReason } from "./config/load.ts";
import { hasReached } from "./core/phases.ts";
import { NOTIFY } from "./standards/notify.ts";

// Who we are: one account, one region, one stack file. Other regions go by the resources' own `region` argument.
const config = loadConfig();
const { environment } = config;
await requirePolicyPack({ config, bypassReason: policyBypassReason(), packByDefault: packByDefault() });
const cloud = new Provider("aws", {
  region: environment.region,
  allowedAccountIds: [environment.accountId],
  defaultTags: { tags: environmentTags(environment) },
});
const opts = { providers: { aws: cloud } };

// How far it is on its way up. What needs a certificate, an image or a value that a person puts in is left out until then.
const hasCertificates = hasReached(environment.phase, "edge");
const hasServices = hasReached(environment.phase, "services");
await requireReadiness({ config, provider: cloud });

// Encryption comes first: everything that stores something is given the key of its purpose.
const keys = new Keys("keys", { environment, settings: config.keys, purposes: KEY_PURPOSES }, opts);
const otherRegions = [NOTIFY.globalRegion, config.backup.copyRegion];
const regionalKeys = new RegionalKeys(
  "key-twins",
  { environment, settings: config.keys, keys, regions: otherRegions },
  opts,
);

// Secrets: we make and rotate what is ours; people put in what comes from elsewhere.
const secrets = new Secrets("secrets", { environment, settings: config.secrets, keys }, opts);

// Who is told what; every alarm below reports to one of these topics, in its own region.
const notify = new Notify(
  "notify",
  { environment, settings: config.notify, keys: regionalKeys, regions: otherRegions },
  opts,
);
const { pagerDuty } = config.notify;
if (pagerDuty !== null) new Pager("pager", { environment, settings: pagerDuty, keys, notify, secrets }, opts);
new Budget("budget", { environment, settings: config.budget, notify, emailAddresses: config.notify.email.cost }, opts);

// Where everything else lives: zones, subnets, the ways in and out, and the record of what goes through.
const network = new Network("network", { environment, settings: config.network, keys }, opts);

// Where services run, and the namespaces that hold them: nothing starts before the deployer's access and nodes are there.
const cluster = new Cluster("cluster", { environment, settings: config.cluster, network, keys }, opts);
const namespaces = new Namespaces("namespaces", { environment, settings: config.namespaces }, cluster.inClusterOptions);

// Data: reachable from the cluster's nodes only; deleting any of it takes deliberate steps.
const clients = { network, keys, clientSecurityGroupId: cluster.nodeSecurityGroupId };
const database = new Database(
  "database",
  { environment, settings: config.database, eventsTopicArn: notify.topicArns.ticket, ...clients },
  opts,
);
const cache = new Cache("cache", { environment, settings: config.cache, secrets, ...clients }, opts);

// Edge: names and proofs; the web ACLs, and the secret between CDN and balancer.
const accessLogs = new AccessLogs(
  "access-logs",
  { environment, retentionDays: config.storage.accessLogRetentionDays },
  opts,
);
const dns = new Dns(
  "dns",
  { environment, settings: config.dns, keysSettings: config.keys, keys: regionalKeys, notify },
  opts,
);
const certificates = new Certificates(
  "certificate",
  { settings: config.certificate, awaited: hasCertificates, dns, cdnDomains: config.cdn.domains },
  opts,
);
const { recoveryWindowDays } = config.secrets;
const originSecret = new OriginSecret(
  "origin-secret",
  { environment, settings: config.cdn.originSecret, keys, recoveryWindowDays },
  opts,
);
const { catalogue } = config.services;
const edgeFirewall = new EdgeFirewall(
  "edge-firewall",
  { environment, settings: config.waf, services: catalogue, keys: regionalKeys },
  opts,
);
const balancerFirewall = new BalancerFirewall(
  "balancer-firewall",
  { environment, settings: config.waf, keys, originSecret },
  opts,
);
// Secrets that only people can renew: they are reminded, from the first day on, when there is no value yet.
new SecretAge(
  "secret-age",
  { environment, settings: config.secrets, keys, notify, secrets: [...secrets.manual, originSecret.manual] },
  opts,
);

// What services hand to each other, with dead letters and alarms.
const queues = new Queues("queues", { environment, settings: config.queue, keys, notify }, opts);

// Switches that work without a release: a change that makes work stand still goes back by itself.
const flags = new Flags("flags", { environment, settings: config.flags, queues, rollbackAlarmArns: [] }, opts);

// What services rely on in the cluster: balancer, addresses, secrets, certificates, nodes, roll-outs, scaling.
const clusterServices = new ClusterServices(
  "cluster-services",
  {
    environment,
    settings: config.clusterServices,
    cluster,
    network,
    keys,
    namespaces,
    namespaceSettings: config.namespaces,
    dns,
    queues,
    notify,
    platformSecretArns: [database.masterSecretArn],
    keepBalancer: config.services.ingress.keepBalancer,
  },
  { ...opts, ...cluster.inClusterOptions },
);

// Images: one environment owns them and copies them to the other.
new Registry("registry", { environment, settings: config.registry, keys }, opts);

// The services: one row of the catalogue each, behind one balancer that only the CDN reaches.
const balancer = new BalancerAccess("balancer", { environment, network }, opts);
const originOfApi = {
  originHost: dns.originHost,
  certificateArn: certificates.regionalArn,
  webAclArn: balancerFirewall.arn,
  securityGroupId: balancer.securityGroupId,
  accessLogsBucketName: accessLogs.bucketName,
};
// Monitoring puts the address of its Prometheus here: from then on roll-outs are judged by what users meet.
const platform = { cluster, network, database, cache, queues, keys, secrets, flags, prometheus: undefined };
const workloads = hasServices
  ? new Workloads(
      "workloads",
      { environment, services: config.services, ...platform, edge: originOfApi },
      { ...opts, ...inClusterOptions(cluster.kubernetes, [...cluster.ready, ...clusterServices.ready]) },
    )
  : undefined;

// The site: the CDN, and a look at it from outside, once there is something to see. A front end's release is switched after
// the services that it needs. Until the parent zone delegates ours no certificate is issued, and the CDN takes no other.
const edge = {
  frontends: catalogue.filter((service) => service.kind === "frontend"),
  keys,
  after: workloads === undefined ? [] : [workloads],
  logs: accessLogs,
  dns,
  certificates,
  firewall: edgeFirewall,
  originSecret,
};
const cdn = hasCertificates ? new Cdn("cdn", { environment, settings: config.cdn, ...edge }, opts) : undefined;
const watch = { settings: config.dns.healthChecks, maintenance: config.cdn.maintenance.enabled, notify };
if (cdn !== undefined && hasServices) new HealthChecks("outside", { environment, host: cdn.host, ...watch }, opts);

// Guard rails: backups in two regions that are restored each month, and the record of who did what.
const { copyRegion } = config.backup;
new Backup(
  "backup",
  {
    environment,
    settings: config.backup,
    keys,
    copyKeys: regionalKeys.in(copyRegion),
    notify,
    watched: cdn === undefined ? ["Aurora"] : ["Aurora", "S3"],
    restoreSubnetGroupName: database.subnetGroupName,
  },
  opts,
);
const audit = new Audit(
  "audit",
  { environment, settings: config.audit, keys, notify, accessLogs, deployerRoleArn: config.cluster.deployerRoleArn },
  opts,
);

const account = new Account(
  "account",
  {
    environment,
    settings: config.account,
    otherRegions,
    copyRegion,
    peopleRoleArns: config.cluster.accessEntries.map(({ roleArn }) => roleArn),
  },
  opts,
);

// Ways in: the pipeline's jobs and people's tunnels reach the private API server; nothing else does.
const runner = new Runner("runner", { environment, settings: config.access.runner, keys, network, cluster }, opts);
const sessions = new Sessions("sessions", { environment, settings: config.access.sessions, keys, cluster }, opts);

// What others must know; everything else is read from the stack file.
/** Addresses from which the environment calls others; partners put them on their lists. */
export const natPublicIps = network.natPublicIps;
/** Host name of the database's writer; services go through the proxy. */
export const databaseWriter = database.writerEndpoint;
/** Host name of the cache that takes writes; port 6379, TLS only. */
export const cacheWriter = cache.primaryEndpoint;
/** What the parent zone must delegate ours to, once; null for an adopted zone. */
export const zoneNameServers = dns.nameServers ?? null;
/** What the parent zone must carry once the zone is signed; null without DNSSEC. */
export const zoneDsRecord = dns.dsRecord ?? null;
/** Bucket of the front ends: publish to releases/<name>/<release>/ and to the shared paths of assets; null before the CDN. */
export const frontendBucket = cdn?.bucketName ?? null;
/** Services whose releases nothing measures yet: look at them yourself. */
export const unmeasuredReleases = workloads?.unmeasured ?? [];
/** Workflows say runs-on: codebuild-<this>-${{ github.run_id }}-${{ github.run_attempt }}. */
export const runnerProject = runner.projectName;
/** Policy for people who open tunnels; attach it to the operators' permission set. */
export const operatorPolicyArn = sessions.operatorPolicyArn;
/** What is left to do on the way up, in order, each with its command; [] when nothing is. */
export const nextSteps = remainingSteps(config);
/** Parts of the audit and switches of the account that the organisation has, and who answers for each. */
export const ownedElsewhere = { ...audit.ownedElsewhere, ...account.ownedElsewhere };
