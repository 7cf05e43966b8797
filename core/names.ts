/**
 * Every physical name, ARN and secret path. Permissions are scoped by these texts, so no two of them may ever be the same
 * or match each other's pattern: neither the prefix nor an environment's name has a hyphen, configured names stand under
 * a part that no fixed name has, and where both must share a space the fixed ones are {@link RESERVED}.
 */

/** What every name begins with; letters and digits only. Another one makes another environment: nothing is renamed. */
export const PREFIX = "preflight";

/** Whose names. */
export interface Scope {
  /** {@link PREFIX}, or another project's. */
  readonly prefix: string;
  /** The environment's name; letters and digits only. */
  readonly name: string;
}

/** Where the things are that an ARN names. */
export interface Place {
  /** 12 digits. */
  readonly accountId: string;
  readonly region: string;
}

/** What a call is about when only the prefix matters: one cluster, or all environments of an account. */
type Project = Pick<Scope, "prefix">;

/** `preflight-staging`, and further fixed parts behind it: what the environment is called where it is the only one. */
export function nameOf({ prefix, name }: Scope, ...parts: readonly string[]): string {
  return [prefix, name, ...parts].join("-");
}

/** An ARN in a region of an account. */
export function arnOf({ region, accountId }: Place, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

/** An ARN of something that an account has once for all regions: a role, a distribution. */
export function globalArn(accountId: string, service: string, resource: string): string {
  return `arn:aws:${service}::${accountId}:${resource}`;
}

/** An ARN of something that AWS itself keeps in a region: an image, a public parameter, a standard. */
export function awsArn(region: string, service: string, resource: string): string {
  return `arn:aws:${service}:${region}::${resource}`;
}

/** ARN of the account itself as a principal: its own policies decide who of it may. */
export function accountArn(accountId: string): string {
  return globalArn(accountId, "iam", "root");
}

/** ARN of a policy that AWS keeps, for instance "AmazonEKSClusterPolicy" or "service-role/AWS_ConfigRole". */
export function managedPolicyArn(policy: string): string {
  return globalArn("aws", "iam", `policy/${policy}`);
}

/** ARN of a hosted zone; "*" for all. */
export function zoneArn(zoneId: string): string {
  return globalArn("", "route53", `hostedzone/${zoneId}`);
}

/** ARN of the environment's cluster, known before the cluster exists: trust policies name it. */
export function clusterArn(environment: Scope & Place): string {
  return arnOf(environment, "eks", `cluster/${nameOf(environment)}`);
}

/** ARN of Security Hub in a region of an account, which has at most one. */
export function securityHubArn(place: Place): string {
  return arnOf(place, "securityhub", "hub/default");
}

/** ARN of the environment's trail, known before the trail exists. */
export function trailArn(environment: Scope & Place): string {
  return arnOf(environment, "cloudtrail", `trail/${nameOf(environment)}`);
}

/** Functions of the environment's own. */
export type FunctionPurpose = "pager" | "secret-age" | "secret-rotation" | "security-findings";

/** Name of a function in Lambda; stays the same for as long as the function lives. */
export function functionName(scope: Scope, purpose: FunctionPurpose): string {
  return nameOf(scope, purpose);
}

export function functionArn(environment: Scope & Place, purpose: FunctionPurpose): string {
  return arnOf(environment, "lambda", `function:${functionName(environment, purpose)}`);
}

/** What people find a key by. */
export function keyAlias(scope: Scope, purpose: string): string {
  return `alias/${nameOf(scope, purpose)}`;
}

/** Name of the plan that restores backups to try them; AWS Backup takes letters, digits and underscores only. */
export function restoreTestPlanName({ prefix, name }: Scope): string {
  return `${prefix}_${name}`;
}

/** Name of a key that signs the zone, by its number; Route 53 takes letters, digits and underscores only. */
export function signingKeyName({ prefix }: Project, ordinal: number): string {
  return `${prefix}_${ordinal}`;
}

/** Log groups whose names the writing service fixes, or which people must find. */
export const logGroupName = {
  auditTrail: (scope: Scope): string => `/aws/cloudtrail/${nameOf(scope)}`,
  cache: (scope: Scope, log: string): string => `/aws/elasticache/${nameOf(scope)}/${log}`,
  cluster: (scope: Scope): string => `/aws/eks/${nameOf(scope)}/cluster`,
  database: (scope: Scope, log: string): string => `/aws/rds/cluster/${nameOf(scope)}/${log}`,
  databaseProxy: (scope: Scope): string => `/aws/rds/proxy/${nameOf(scope)}`,
  flowLogs: (scope: Scope): string => `/aws/vpc/${nameOf(scope)}/flow-logs`,
  function: (scope: Scope, purpose: FunctionPurpose): string => `/aws/lambda/${functionName(scope, purpose)}`,
  /** What resolvers ask the zone. */
  queries: (zoneName: string): string => `/aws/route53/${zoneName}`,
  runner: (scope: Scope): string => `/aws/codebuild/${nameOf(scope)}`,
  sessions: (scope: Scope): string => `/aws/ssm/${nameOf(scope)}`,
  /** WAF takes no other beginning. @see https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html */
  webAcl: (scope: Scope, subject: string): string => `aws-waf-logs-${nameOf(scope, subject)}`,
} as const;

/** ARN of a log group, known before the group exists. */
export function logGroupArn(place: Place, name: string): string {
  return arnOf(place, "logs", `log-group:${name}`);
}

/**
 * Names in Secrets Manager. A namespace's role may read all below its own part; the platform's part begins with a sign
 * that no namespace can begin with.
 */
export const secretPath = {
  /** What the names of all the environment's secrets begin with. */
  all: (scope: Scope): string => `${nameOf(scope)}/`,
  /** What the names of a namespace's secrets begin with. */
  ofNamespace: (scope: Scope, namespace: string): string => `${secretPath.all(scope)}${namespace}/`,
  /** A secret of the catalogue. */
  inNamespace: (scope: Scope, namespace: string, entry: string): string =>
    `${secretPath.ofNamespace(scope, namespace)}${entry}`,
  /** A secret that the platform itself makes; no namespace's role may read it. */
  platform: (scope: Scope, entry: PlatformSecret): string => `${secretPath.all(scope)}_platform/${entry}`,
} as const;

/**
 * Secrets in a service's containers: files named as the row names them. What we make and rotate has its next and its previous
 * value beside it. A variable tells each file's path.
 */
export const secretFile = {
  /** Folder of the files, the same in every container. */
  folder: "/run/secrets/preflight",
  path: (name: string): string => `${secretFile.folder}/${name}`,
  variable: (name: string): string => `${name}_FILE`,
  next: (name: string): string => `${name}_NEXT`,
  previous: (name: string): string => `${name}_PREVIOUS`,
} as const;

/** Secrets that the platform itself makes, beside those of the catalogue. */
export type PlatformSecret = "origin-header";

/** ARN pattern of all secrets whose names begin with a {@link secretPath}; Secrets Manager adds six signs to each name. */
export function secretArns(place: Place, path: string): string {
  return arnOf(place, "secretsmanager", `secret:${path}*`);
}

/** Identifier of a user of the cache in ElastiCache; `entry` is its name in the catalogue of secrets. */
export function cacheUserId(scope: Scope, entry: string): string {
  return nameOf(scope, entry);
}

/** Most characters of a cache user's name in the catalogue, where an identifier may have `maxIdChars`. */
export function maxCacheUserChars(scope: Scope, maxIdChars: number): number {
  return maxIdChars - cacheUserId(scope, "").length;
}

/** ARN pattern of all of the environment's cache users. */
export function cacheUserArns(environment: Scope & Place): string {
  return arnOf(environment, "elasticache", `user:${cacheUserId(environment, "*")}`);
}

/** Name of a chat channel's configuration; `channel` is its name in the stack file. */
export function chatConfigurationName(scope: Scope, channel: string): string {
  return nameOf(scope, channel);
}

/**
 * Name of a repository; the same in all accounts, so that a replicated image keeps its name. Replication and permissions go
 * by the part in front: "*" makes a pattern of all, "" that part alone. CLUS-10
 */
export function repositoryName({ prefix }: Project, repository: string): string {
  return `${prefix}/${repository}`;
}

/** What tags of images begin with that an environment runs or ran. No environment's name has a dot in it. */
export function deployedTagPrefix({ name }: Pick<Scope, "name">): string {
  return `deployed.${name}.`;
}

/** Tag of an image that an environment runs: one for each image, since a tag never changes its image. */
export function deployedTag(scope: Pick<Scope, "name">, digest: string): string {
  return `${deployedTagPrefix(scope)}${digest.replace("sha256:", "").slice(0, 12)}`;
}

/** ARN pattern of all repositories of the project. */
export function repositoryArns(place: Project & Place): string {
  return arnOf(place, "ecr", `repository/${repositoryName(place, "*")}`);
}

/** Where the cluster pulls an image from: `image` is `name@sha256:…` of a repository in this account and region. */
export function imageAddress({ prefix, accountId, region }: Project & Place, image: string): string {
  return `${accountId}.dkr.ecr.${region}.amazonaws.com/${repositoryName({ prefix }, image)}`;
}

/** Priority classes of services: what users notice at once goes first when nodes are short. */
export function priorityClass({ prefix }: Project, priority: "critical" | "standard"): string {
  return `${prefix}-${priority}`;
}

/** All Ingresses with this group share one balancer. */
export function balancerGroup({ prefix }: Project): string {
  return prefix;
}

/** Issuers of certificates for names inside the cluster, which nothing outside trusts, and their authority's secret. */
export function internalIssuer({ prefix }: Project): Readonly<Record<"issuer" | "root" | "authoritySecret", string>> {
  return { issuer: `${prefix}-internal`, root: `${prefix}-root`, authoritySecret: `${prefix}-internal-authority` };
}

/** What certificates for names inside the cluster say who signed them. */
export function internalAuthorityName(scope: Scope): string {
  return `${nameOf(scope)} internal`;
}

/** First part of the paths of releases in the bucket of the front ends. */
const RELEASES = "releases";

/** Where the files of a release of a front end lie in the bucket, without slashes at the ends; publishing writes there. */
export function releasePath(frontend: string, release: string): string {
  return `${RELEASES}/${frontend}/${release}`;
}

/** Host under which the CDN reaches the balancer, and no visitor comes; a controller in the cluster writes its record. SEC-06 */
export function originHost(zoneName: string): string {
  return `origin.${zoneName}`;
}

/** Names that the program, Kubernetes or AWS give, in spaces where the stack file gives names too: there they are refused. */
export const RESERVED = {
  /** Secrets: their alarms are told apart by these names alone. */
  secrets: ["origin-header"] satisfies readonly PlatformSecret[],
  /** Users of the cache: ElastiCache's own, which is switched off. */
  cacheUsers: ["default"],
  /** Services: accounts and network policies that every namespace has. */
  services: ["allow-basics", "default", "default-deny"],
  /** What a service's name may not begin with: KEDA calls a worker's autoscaler so, with the worker's name behind it. */
  serviceBeginnings: ["keda-hpa-"],
  /** What a service's name may not end in: second versions and jobs of other services do. */
  serviceEndings: ["-bootstrap", "-canary", "-migrate", "-next", "-preview"],
  /** Namespaces that Kubernetes and AWS' add-ons bring. */
  namespaces: ["amazon-cloudwatch", "amazon-guardduty", "default"],
  /** What only Kubernetes' own namespaces begin with. */
  namespaceBeginnings: ["kube-"],
  /** What a queue's name may not end in: the queue of another's dead letters does. */
  queueEndings: ["-dead-letters"],
  /** Variables that pods get from the program. */
  variables: ["AWS_REGION", "ENVIRONMENT", "MIGRATION_LOCK_TIMEOUT_SECONDS", "PGOPTIONS"],
  /** What further variables from the program or from EKS begin with. */
  variableBeginnings: [
    "AWS_CONTAINER_",
    "CACHE_",
    "DATABASE_",
    "EXTERNAL_",
    "FLAGS_",
    "OTEL_",
    "QUEUE_",
    "SERVICE_",
    "SWITCHES_",
    "TOPIC_",
  ],
  /** What the names of a row's secrets may not end in: their files and the variables that name these do. */
  secretVariableEndings: ["_FILE", "_NEXT", "_PREVIOUS"],
  /** Beginnings of the site's paths under which all releases lie, published or not. */
  sitePaths: [`/${RELEASES}/`],
} as const;
