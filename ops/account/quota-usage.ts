import type { StackConfig } from "../../config/schema.ts";
import { nameOf } from "../../core/names.ts";
import type { QuotaName } from "../../standards/quotas.ts";
import type { Ask, OutcomeOf } from "./ask.ts";
import { askNetworks, isOurs } from "./ours.ts";
import type { Outcome, Refusal } from "./outcome.ts";
import { refusalOf, valueOf } from "./outcome.ts";

/** What others than the environment take of a quota; absent where others cannot take any. */
export type Usage = Partial<Readonly<Record<QuotaName, number | Refusal>>>;

/** Families that the quotas of "standard" instances count. */
const STANDARD = /^(a|c|d|h|i|im|is|m|r|t|z)\d/;

/** What is counted. */
export interface UsageAnswers {
  readonly instances: OutcomeOf<"ec2:DescribeInstances">;
  readonly addresses: OutcomeOf<"ec2:DescribeAddresses">;
  readonly networks: OutcomeOf<"ec2:DescribeVpcs">;
  readonly internet: OutcomeOf<"ec2:DescribeInternetGateways">;
  readonly nat: OutcomeOf<"ec2:DescribeNatGateways">;
  readonly clusters: OutcomeOf<"eks:ListClusters">;
  readonly databases: OutcomeOf<"rds:DescribeDBInstances">;
  readonly dbClusters: OutcomeOf<"rds:DescribeDBClusters">;
  readonly groups: OutcomeOf<"elasticache:DescribeReplicationGroups">;
  readonly nodes: OutcomeOf<"elasticache:DescribeCacheClusters">;
}

/** Asks everything that is counted. */
export async function askUsage({ environment }: StackConfig, ask: Ask): Promise<UsageAnswers> {
  const { region } = environment;
  const running = { Filters: [{ Name: "instance-state-name", Values: ["pending", "running", "stopping"] }] };
  const gateways = { Filter: [{ Name: "state", Values: ["pending", "available"] }] };
  const [instances, addresses, networks, internet, nat, clusters, databases, dbClusters, groups, nodes] =
    await Promise.all([
      ask("ec2:DescribeInstances", running, region),
      ask("ec2:DescribeAddresses", {}, region),
      askNetworks(ask, environment),
      ask("ec2:DescribeInternetGateways", {}, region),
      ask("ec2:DescribeNatGateways", gateways, region),
      ask("eks:ListClusters", {}, region),
      ask("rds:DescribeDBInstances", {}, region),
      ask("rds:DescribeDBClusters", {}, region),
      ask("elasticache:DescribeReplicationGroups", {}, region),
      ask("elasticache:DescribeCacheClusters", {}, region),
    ]);
  return { instances, addresses, networks, internet, nat, clusters, databases, dbClusters, groups, nodes };
}

/** vCPUs of instances that are not the environment's, by how they are paid. */
function foreignVcpus(environment: StackConfig["environment"], { instances }: UsageAnswers, spot: boolean): number {
  return (valueOf(instances)?.Reservations ?? [])
    .flatMap(({ Instances }) => Instances ?? [])
    .filter(({ InstanceType = "", InstanceLifecycle, Tags }) => {
      const cluster = Tags?.find(({ Key }) => Key === "eks:cluster-name" || Key === "aws:eks:cluster-name")?.Value;
      return (
        STANDARD.test(InstanceType) &&
        (InstanceLifecycle === "spot") === spot &&
        !isOurs(environment, Tags) &&
        cluster !== nameOf(environment)
      );
    })
    .reduce((total, { CpuOptions }) => total + (CpuOptions?.CoreCount ?? 1) * (CpuOptions?.ThreadsPerCore ?? 1), 0);
}

/** What others take, by quota. */
export function usageOf({ environment }: StackConfig, answers: UsageAnswers): Usage {
  const name = nameOf(environment);
  const foreign = (
    tagged:
      | readonly { readonly Tags?: { Key?: string | undefined; Value?: string | undefined }[] | undefined }[]
      | undefined,
  ) => (tagged ?? []).filter(({ Tags }) => !isOurs(environment, Tags)).length;
  const ours = valueOf(answers.groups)?.ReplicationGroups.find(({ UserGroupIds }) =>
    UserGroupIds?.includes(name),
  )?.ReplicationGroupId;
  const counted = (count: number, ...outcomes: readonly Outcome<unknown>[]): number | Refusal =>
    refusalOf(...outcomes) ?? count;
  const { instances, addresses, networks, internet, nat, clusters, databases, dbClusters, groups, nodes } = answers;
  return {
    onDemandVcpus: counted(foreignVcpus(environment, answers, false), instances),
    spotVcpus: counted(foreignVcpus(environment, answers, true), instances),
    addresses: counted(foreign(valueOf(addresses)?.Addresses), addresses),
    networks: counted(foreign(valueOf(networks)?.Vpcs), networks),
    internetGateways: counted(foreign(valueOf(internet)?.InternetGateways), internet),
    // They name no zone: all of them count, as if they stood in one.
    natGateways: counted(foreign(valueOf(nat)?.NatGateways), nat),
    clusters: counted((valueOf(clusters)?.clusters ?? []).filter((cluster) => cluster !== name).length, clusters),
    databaseInstances: counted(
      (valueOf(databases)?.DBInstances ?? []).filter(({ DBClusterIdentifier }) => DBClusterIdentifier !== name).length,
      databases,
    ),
    databaseClusters: counted(
      (valueOf(dbClusters)?.DBClusters ?? []).filter(({ DBClusterIdentifier }) => DBClusterIdentifier !== name).length,
      dbClusters,
    ),
    cacheNodes: counted(
      (valueOf(nodes)?.CacheClusters ?? [])
        .filter(({ ReplicationGroupId }) => ours === undefined || ReplicationGroupId !== ours)
        .reduce((total, { NumCacheNodes }) => total + (NumCacheNodes ?? 1), 0),
      nodes,
      groups,
    ),
  };
}
