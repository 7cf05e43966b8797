import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { messageOf } from "../../cli/errors.ts";
import type { Resource } from "../../preview/engine/model.ts";
import type { Settings } from "../support/committed-resources.ts";
import { committedResources } from "../support/committed-resources.ts";
import { kindOf, label, tooEarly } from "../support/deletion.ts";
import { withCopy, without, withRow, withRowCopy, withValue } from "../support/settings.ts";

const guide = readFileSync(join(import.meta.dirname, "..", "..", "docs", "guides", "take-something-out.md"), "utf8");
const section = (title: string) => guide.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? "";

const ROWS = "services.catalogue";
/** Production with a second one of what must not be the last: what is taken out below is there before. */
function grown(settings: Settings): Settings {
  const withGroup = withCopy(settings, "cluster.nodeGroups", "system", "second");
  const withPool = withCopy(withGroup, "clusterServices.karpenter.nodePools", "general", "second");
  const withNamespace = withCopy(withPool, "namespaces", "shop", "second");
  const withSecret = withRowCopy(withNamespace, "secrets.catalogue", "session-cookie-signing", "unread");
  return withRow(withSecret, ROWS, "order-worker", (row) => withValue(row, "scaling.minReplicas", 4));
}

/** Of a service with pods. */
const POD = ["eks.PodIdentityAssociation", "iam.Role", "iam.RolePolicy", "NetworkPolicy", "ServiceAccount", "Stash"];
const SERVING = [...POD, "ExternalSecret", "PodDisruptionBudget", "Service", "ServiceMonitor"];

interface Case {
  /** Where the guide tells of it. */
  readonly title: string;
  readonly change: (settings: Settings) => Settings;
  /** Kinds of what goes, components aside. */
  readonly gone: readonly string[];
  /** Kinds among them that production does not delete in one step, and the guide's words for them. */
  readonly held?: Readonly<Record<string, string>>;
}

const CASES: Readonly<Record<string, Case>> = {
  "a service with traffic, with its repository": {
    title: "A service",
    change: (settings) => without(without(settings, ROWS, "ingestion"), "registry.repositories", "ingestion"),
    gone: [...SERVING, "Deployment", "HorizontalPodAutoscaler", "Ingress", "ecr.LifecyclePolicy", "ecr.Repository"],
    held: { "ecr.Repository": "repository" },
  },
  "a service without traffic": {
    title: "A service",
    change: (settings) => without(settings, ROWS, "order-reports"),
    gone: [...POD, "ConfigMap", "CronJob", "Job"],
  },
  "a secret that nobody reads": {
    title: "A service",
    change: (settings) => without(settings, "secrets.catalogue", "unread"),
    gone: [
      "RandomPassword",
      "secretsmanager.Secret",
      "secretsmanager.SecretPolicy",
      "secretsmanager.SecretRotation",
      "secretsmanager.SecretVersion",
    ],
    held: { "secretsmanager.Secret": "secret" },
  },
  "a queue with its worker": {
    title: "A queue",
    change: (settings) => without(without(settings, ROWS, "mailer"), "queue.queues", "customer-mail"),
    gone: [
      ...SERVING,
      "Deployment",
      "ScaledObject",
      "cloudwatch.MetricAlarm",
      "sns.TopicSubscription",
      "sqs.Queue",
      "sqs.QueuePolicy",
      "sqs.RedriveAllowPolicy",
    ],
    held: { "sqs.Queue": "queue" },
  },
  "a namespace": {
    title: "A namespace",
    change: (settings) => withValue(settings, "namespaces.second", undefined),
    gone: [
      "LimitRange",
      "Namespace",
      "NetworkPolicy",
      "ResourceQuota",
      "SecretStore",
      // That of the namespace's default account.
      "ServiceAccount",
      "TriggerAuthentication",
      "iam.Role",
      "iam.RolePolicy",
    ],
    held: { Namespace: "protected" },
  },
  "a group of managed nodes": {
    title: "A group of managed nodes",
    change: (settings) => withValue(settings, "cluster.nodeGroups.second", undefined),
    gone: ["ec2.LaunchTemplate", "eks.NodeGroup"],
  },
  "a pool of Karpenter's nodes": {
    title: "A pool of Karpenter's nodes",
    change: (settings) => withValue(settings, "clusterServices.karpenter.nodePools.second", undefined),
    gone: ["NodePool"],
  },
};

describe("taken out of production", () => {
  let whole: readonly Resource[];
  beforeAll(async () => {
    whole = await committedResources("production", grown);
  });

  it.each(Object.entries(CASES))("%s goes in order, and alone", async (_, { title, change, gone, held = {} }) => {
    const left = await committedResources("production", (settings) => change(grown(settings)));
    const staying = new Set(left.map(({ urn }) => urn));
    const going = whole.filter(({ urn, custom }) => custom && !staying.has(urn));
    expect([...new Set(going.map(kindOf))].toSorted()).toEqual(gone.toSorted());
    expect(tooEarly(whole.filter(({ urn }) => !staying.has(urn)))).toEqual([]);
    const before = new Set(whole.map(({ urn }) => urn));
    expect(left.filter(({ urn }) => !before.has(urn)).map(label)).toEqual([]);
    const refused = new Set(going.filter(({ protect }) => protect).map(kindOf));
    expect(refused.size > 0).toBe(Object.keys(held).length > 0);
    for (const [kind, words] of Object.entries(held)) {
      expect(refused).toContain(kind);
      expect(section(title)).toContain(words);
    }
  });
});

describe("what others need is refused, with what to do", () => {
  const attempt = (change: (settings: Settings) => Settings) =>
    committedResources("production", change).then(
      () => "accepted",
      (error: unknown) => messageOf(error),
    );

  it.each<[string, (settings: Settings) => Settings, string, string]>([
    [
      "a service that others call",
      (settings) => without(settings, ROWS, "orders"),
      "services.catalogue[0].needs.services[0]",
      "Add the API to services.catalogue, or correct the name",
    ],
    [
      "a repository that a service's image is in",
      (settings) => without(settings, "registry.repositories", "orders"),
      "services.catalogue[2].image",
      "Add the repository to registry.repositories in both stack files, or correct the name.",
    ],
    [
      "a queue with a consumer",
      (settings) => without(settings, "queue.queues", "customer-mail"),
      "services.catalogue[4].needs.consumesFrom[0]",
      "Add the queue to queue.queues, or correct the name.",
    ],
    [
      "a consumer's last queue, by which it scales",
      (settings) => withRow(settings, ROWS, "mailer", (row) => withValue(row, "needs.consumesFrom", [])),
      "services.catalogue[4].scaling.queueDepthPerReplica",
      "Say for how many waiting messages one worker is enough, or null.",
    ],
    [
      "a namespace with services, secrets and people",
      (settings) => withValue(settings, "namespaces.shop", undefined),
      "cluster.accessEntries[1].namespaces[0]",
      "Add the namespace to the namespaces block, or correct the name.",
    ],
    [
      "the controllers' namespace",
      (settings) => withValue(settings, "namespaces.platform", undefined),
      "namespaces",
      "Add it: the controllers of the clusterServices block run there.",
    ],
    [
      "the last group of nodes",
      (settings) => withValue(settings, "cluster.nodeGroups.system", undefined),
      "cluster.nodeGroups",
      "Add a group for the cluster's own parts",
    ],
    [
      "the last pool of nodes",
      (settings) => withValue(settings, "clusterServices.karpenter.nodePools.general", undefined),
      "clusterServices.karpenter.nodePools",
      "Add a pool: without one the cluster keeps to its managed nodes.",
    ],
  ])("%s", async (_, change, path, remedy) => {
    const answer = await attempt(change);
    expect(answer).toContain(`preflight:settings.${path}\n`);
    expect(answer).toContain(remedy);
    // Nothing about what only follows from that.
    expect(answer).not.toMatch(/allowed: *$/m);
  });
});
