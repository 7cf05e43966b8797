import type { DescribeRegionSettingsCommandInput, ListBackupVaultsCommandInput } from "@aws-sdk/client-backup";
import { BackupClient, DescribeRegionSettingsCommand, paginateListBackupVaults } from "@aws-sdk/client-backup";
import type {
  DescribeCacheClustersCommandInput,
  DescribeCacheEngineVersionsCommandInput,
  DescribeReplicationGroupsCommandInput,
  DescribeReservedCacheNodesOfferingsCommandInput,
  DescribeSnapshotsCommandInput,
} from "@aws-sdk/client-elasticache";
import {
  ElastiCacheClient,
  paginateDescribeCacheClusters,
  paginateDescribeCacheEngineVersions,
  paginateDescribeReplicationGroups,
  paginateDescribeReservedCacheNodesOfferings,
  paginateDescribeSnapshots,
} from "@aws-sdk/client-elasticache";
import type {
  DescribeDBClustersCommandInput,
  DescribeDBEngineVersionsCommandInput,
  DescribeDBInstancesCommandInput,
  DescribeOrderableDBInstanceOptionsCommandInput,
} from "@aws-sdk/client-rds";
import {
  paginateDescribeDBClusters,
  paginateDescribeDBEngineVersions,
  paginateDescribeDBInstances,
  paginateDescribeOrderableDBInstanceOptions,
  RDSClient,
} from "@aws-sdk/client-rds";

import { call, collect, until } from "./call.ts";

/** Database, cache and backups. */
export const DATA_CALLS = {
  "rds:DescribeDBEngineVersions": call(async (input: DescribeDBEngineVersionsCommandInput, wire) => ({
    DBEngineVersions: await collect(
      paginateDescribeDBEngineVersions({ client: new RDSClient(wire.options) }, input, until(wire)),
      (page) => page.DBEngineVersions,
    ),
  })),
  "rds:DescribeOrderableDBInstanceOptions": call(
    async (input: DescribeOrderableDBInstanceOptionsCommandInput, wire) => ({
      OrderableDBInstanceOptions: await collect(
        paginateDescribeOrderableDBInstanceOptions({ client: new RDSClient(wire.options) }, input, until(wire)),
        (page) => page.OrderableDBInstanceOptions,
      ),
    }),
  ),
  "rds:DescribeDBInstances": call(async (input: DescribeDBInstancesCommandInput, wire) => ({
    DBInstances: await collect(
      paginateDescribeDBInstances({ client: new RDSClient(wire.options) }, input, until(wire)),
      (page) => page.DBInstances,
    ),
  })),
  "rds:DescribeDBClusters": call(async (input: DescribeDBClustersCommandInput, wire) => ({
    DBClusters: await collect(
      paginateDescribeDBClusters({ client: new RDSClient(wire.options) }, input, until(wire)),
      (page) => page.DBClusters,
    ),
  })),
  "elasticache:DescribeCacheEngineVersions": call(async (input: DescribeCacheEngineVersionsCommandInput, wire) => ({
    CacheEngineVersions: await collect(
      paginateDescribeCacheEngineVersions({ client: new ElastiCacheClient(wire.options) }, input, until(wire)),
      (page) => page.CacheEngineVersions,
    ),
  })),
  "elasticache:DescribeReservedCacheNodesOfferings": call(
    async (input: DescribeReservedCacheNodesOfferingsCommandInput, wire) => ({
      ReservedCacheNodesOfferings: await collect(
        paginateDescribeReservedCacheNodesOfferings(
          { client: new ElastiCacheClient(wire.options) },
          input,
          until(wire),
        ),
        (page) => page.ReservedCacheNodesOfferings,
      ),
    }),
    { absent: ["ReservedCacheNodesOfferingNotFoundFault", "ReservedCacheNodesOfferingNotFound"] },
  ),
  "elasticache:DescribeCacheClusters": call(async (input: DescribeCacheClustersCommandInput, wire) => ({
    CacheClusters: await collect(
      paginateDescribeCacheClusters({ client: new ElastiCacheClient(wire.options) }, input, until(wire)),
      (page) => page.CacheClusters,
    ),
  })),
  "elasticache:DescribeReplicationGroups": call(async (input: DescribeReplicationGroupsCommandInput, wire) => ({
    ReplicationGroups: await collect(
      paginateDescribeReplicationGroups({ client: new ElastiCacheClient(wire.options) }, input, until(wire)),
      (page) => page.ReplicationGroups,
    ),
  })),
  "elasticache:DescribeSnapshots": call(
    async (input: DescribeSnapshotsCommandInput, wire) => ({
      Snapshots: await collect(
        paginateDescribeSnapshots({ client: new ElastiCacheClient(wire.options) }, input, until(wire)),
        (page) => page.Snapshots,
      ),
    }),
    { absent: ["SnapshotNotFoundFault"] },
  ),
  "backup:DescribeRegionSettings": call((input: DescribeRegionSettingsCommandInput, wire) =>
    new BackupClient(wire.options).send(new DescribeRegionSettingsCommand(input), until(wire)),
  ),
  "backup:ListBackupVaults": call(async (input: ListBackupVaultsCommandInput, wire) => ({
    BackupVaultList: await collect(
      paginateListBackupVaults({ client: new BackupClient(wire.options) }, input, until(wire)),
      (page) => page.BackupVaultList,
    ),
  })),
} as const;
