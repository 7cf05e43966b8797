import { nameOf } from "../../../core/names.ts";
import type { Line } from "../check.ts";
import { advice, blocks, defineCheck, ok, unasked } from "../check.ts";
import { askNetworks, hasBegun } from "../ours.ts";
import type { Outcome } from "../outcome.ts";
import { isRefusal, refusalOf, valueOf } from "../outcome.ts";

/** Databases, clusters, vaults and snapshots that stay when an environment goes: they hold data, and their names. */
export const keptDataCheck = defineCheck({
  id: "kept-data",
  subject: "Left by an earlier environment",
  source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html",
  requirements: ["DATA-05"],
  gather: async ({ config: { backup, environment } }, { ask }) => {
    const { region } = environment;
    const name = nameOf(environment);
    const [networks, database, cluster, vault, copies, snapshots] = await Promise.all([
      askNetworks(ask, environment),
      ask("rds:DescribeDBClusters", {}, region),
      ask("eks:DescribeCluster", { name }, region),
      // To be asked for by its name, a vault has to exist: an absent one answers as a forbidden one.
      ask("backup:ListBackupVaults", {}, region),
      ask("backup:ListBackupVaults", {}, backup.copyRegion),
      ask("elasticache:DescribeSnapshots", {}, region),
    ]);
    return { networks, database, cluster, vault, copies, snapshots };
  },
  judge: ({ config: { backup, environment } }, { networks, database, cluster, vault, copies, snapshots }) => {
    const name = nameOf(environment);
    const begun = hasBegun(environment, networks) === true;
    const held = (what: string, there: boolean, todo: string, ...asked: readonly Outcome<unknown>[]): Line => {
      const part = { what, needed: `${name} is free, or this environment's` };
      const refusal = refusalOf(networks, ...asked);
      if (refusal !== undefined) return unasked(part, refusal);
      if (!there) return ok(part, "free");
      return begun ? ok(part, "in use") : blocks(part, "taken", todo);
    };
    const vaults = [
      { region: environment.region, answer: vault },
      { region: backup.copyRegion, answer: copies },
    ];
    const clusters = valueOf(database)?.DBClusters ?? [];
    const final = { what: "Last snapshots of the cache", needed: "none, or wanted" };
    const kept = (valueOf(snapshots)?.Snapshots ?? [])
      .flatMap(({ SnapshotName }) => SnapshotName ?? [])
      .filter((snapshot) => snapshot.startsWith(`${nameOf(environment, "cache")}-final`));
    return [
      held(
        "Name of the database",
        clusters.some(({ DBClusterIdentifier }) => DBClusterIdentifier === name),
        "It was kept on purpose: import it, or delete it with a last snapshot.",
        database,
      ),
      held(
        "Name of the cluster",
        cluster.kind === "answer",
        "It was kept on purpose: import it, or delete it with its node groups.",
        cluster,
      ),
      ...vaults.map(({ region, answer }) =>
        held(
          `Backup vault in ${region}`,
          valueOf(answer)?.BackupVaultList.some(({ BackupVaultName }) => BackupVaultName === name) === true,
          "It holds backups: import it (pulumi import aws:backup/vault:Vault). A locked vault goes only when its last backup has expired.",
          answer,
        ),
      ),
      isRefusal(snapshots)
        ? unasked(final, snapshots)
        : kept.length === 0
          ? ok(final, "none")
          : advice(
              final,
              kept.toSorted().join(", "),
              "Delete what nobody needs (aws elasticache delete-snapshot): a later teardown that writes the same name fails.",
            ),
    ];
  },
});
