import { overlaps, parseIpv4Cidr } from "../../core/cidr.ts";
import { globalArn, maxCacheUserChars } from "../../core/names.ts";
import { CACHE } from "../../standards/cache.ts";
import type { ReportProblem } from "../problems/problem.ts";
import { showValue } from "../problems/problem.ts";
import { mustExist } from "../problems/references.ts";
import type { StackConfig } from "../schema.ts";
import { checkCapacity } from "./capacity.ts";
import { karpenterHasNodes, platformNamespaceExists } from "./cluster-services.ts";
import { checkEdge } from "./edge.ts";
import { checkPhase } from "./phases.ts";
import { checkServices } from "./services.ts";

type CrossCheck = (config: StackConfig, report: ReportProblem) => void;

/** A copy that shares its region's fate is none. */
const backupsLeaveTheRegion: CrossCheck = ({ environment, backup }, report) => {
  if (backup.copyRegion !== environment.region) return;
  report({
    path: ["backup", "copyRegion"],
    found: `"${backup.copyRegion}", the region of the stack itself`,
    allowed: "another region than aws:region",
    fix: "Name a second region of the same jurisdiction, for instance eu-central-1 beside eu-west-1.",
  });
};

/** A user of the cache and its entry in the catalogue belong together, and the user's identifier must fit. */
const cacheUsersHaveSecrets: CrossCheck = ({ environment, cache, secrets }, report) => {
  const logins = secrets.catalogue.filter(({ kind }) => kind === "redisUser").map(({ name }) => name);
  const users = cache.users.map(({ secret }) => secret);
  for (const [position, name] of users.entries()) {
    mustExist(
      {
        path: ["cache", "users", position, "secret"],
        name,
        known: logins,
        fix: "Add the entry to secrets.catalogue with the kind redisUser, or correct the name.",
      },
      report,
    );
  }
  for (const [position, { kind, name }] of secrets.catalogue.entries()) {
    if (kind !== "redisUser") continue;
    const path = ["secrets", "catalogue", position, "name"];
    const fix = "Add the user to cache.users, or remove the secret: its rotation would fail.";
    mustExist({ path, name, known: users, fix }, report);
    const longest = maxCacheUserChars(environment, CACHE.awsMaxUserIdChars);
    if (name.length > longest) {
      report({
        path,
        found: `"${name}", ${name.length} characters`,
        allowed: `at most ${longest} (characters) in this environment`,
        fix: "Shorten it: the user's identifier in ElastiCache has the environment's name in front.",
      });
    }
  }
};

/** A subnet in a zone of another region cannot be made. */
const zonesAreOfTheRegion: CrossCheck = ({ environment, network }, report) => {
  for (const [index, zone] of network.zones.entries()) {
    if (zone.slice(0, -1) === environment.region) continue;
    report({
      path: ["network", "zones", index],
      found: showValue(zone),
      allowed: `a zone of aws:region, for instance "${environment.region}a"`,
      fix: "Name zones of the stack's own region.",
    });
  }
};

/** An address that is a service's cannot be a node's or a database's: pods would never reach the latter. */
const servicesLieBesideTheNetwork: CrossCheck = ({ network, cluster }, report) => {
  const [addresses, services] = [parseIpv4Cidr(network.cidr), parseIpv4Cidr(cluster.serviceCidr)];
  if (addresses === undefined || services === undefined || !overlaps(addresses, services)) return;
  report({
    path: ["cluster", "serviceCidr"],
    found: `${showValue(cluster.serviceCidr)}, which overlaps network.cidr`,
    allowed: `a private block outside ${network.cidr}`,
    fix: 'Use a block which no network of yours uses, for instance "172.20.0.0/16".',
  });
};

/** A role of another environment's account would be refused by EKS halfway through, or worse, let in. */
const clusterRolesAreOurs: CrossCheck = ({ environment, cluster }, report) => {
  const roles = [
    { path: ["deployerRoleArn"], roleArn: cluster.deployerRoleArn },
    ...cluster.accessEntries.map(({ roleArn }, index) => ({ path: ["accessEntries", index, "roleArn"], roleArn })),
  ];
  for (const { path, roleArn } of roles) {
    if (roleArn.startsWith(globalArn(environment.accountId, "iam", ""))) continue;
    report({
      path: ["cluster", ...path],
      found: showValue(roleArn),
      allowed: `a role of the account ${environment.accountId}`,
      fix: "Name the role of this environment's own account.",
    });
  }
};

/** What is meant for a namespace that nobody makes never arrives. */
const namespacesExist: CrossCheck = ({ cluster, namespaces, secrets }, report) => {
  const known = Object.keys(namespaces);
  const uses = [
    ...cluster.accessEntries.flatMap((entry, index) =>
      entry.namespaces.map((name, position) => ({
        path: ["cluster", "accessEntries", index, "namespaces", position],
        name,
      })),
    ),
    ...secrets.catalogue.map(({ namespace: name }, index) => ({
      path: ["secrets", "catalogue", index, "namespace"],
      name,
    })),
  ];
  const fix = "Add the namespace to the namespaces block, or correct the name.";
  for (const { path, name } of uses) mustExist({ path, name, known, fix }, report);
};

/** Notifications that need a key name its entry; a person puts the value in. */
const notifySecretsExist: CrossCheck = ({ notify, secrets }, report) => {
  const uses = [
    { path: ["slack", "webhookSecret"], purpose: "chat", name: notify.slack?.webhookSecret ?? undefined },
    { path: ["pagerDuty", "integrationKeySecret"], purpose: "pager", name: notify.pagerDuty?.integrationKeySecret },
  ];
  for (const { path, purpose, name } of uses) {
    if (name === undefined) continue;
    const suitable = secrets.catalogue.filter((secret) => secret.kind === "manual" && secret.purpose === purpose);
    mustExist(
      {
        path: ["notify", ...path],
        name,
        known: suitable.map((secret) => secret.name),
        fix: `Add an entry with the kind manual and the purpose ${purpose} to secrets.catalogue, or correct the name.`,
      },
      report,
    );
  }
};

/** A change of flags watches queues that exist. */
const flagsWatchQueues: CrossCheck = ({ flags, queue }, report) => {
  const known = queue.queues.map(({ name }) => name);
  const fix = "Add the queue to queue.queues, or correct the name.";
  for (const [position, name] of flags.rollbackQueues.entries()) {
    mustExist({ path: ["flags", "rollbackQueues", position], name, known, fix }, report);
  }
};

/** The account with the copies cannot be the one that is copied. */
const registryPeerIsAnother: CrossCheck = ({ environment, registry }, report) => {
  if (registry.peerAccountId !== environment.accountId) return;
  report({
    path: ["registry", "peerAccountId"],
    found: `"${registry.peerAccountId}", this environment's own account`,
    allowed: "the account of the other environment",
    fix: "Name the account that the images are copied to, or come from.",
  });
};

/** Rules between blocks; each names the block that must change. */
const CHECKS: readonly CrossCheck[] = [
  checkPhase,
  zonesAreOfTheRegion,
  servicesLieBesideTheNetwork,
  clusterRolesAreOurs,
  namespacesExist,
  platformNamespaceExists,
  karpenterHasNodes,
  cacheUsersHaveSecrets,
  checkEdge,
  backupsLeaveTheRegion,
  notifySecretsExist,
  flagsWatchQueues,
  registryPeerIsAnother,
  checkServices,
  checkCapacity,
];

/** Runs every rule between blocks; paths of problems start at the block. */
export function crossChecks(config: StackConfig, report: ReportProblem): void {
  for (const check of CHECKS) check(config, report);
}
