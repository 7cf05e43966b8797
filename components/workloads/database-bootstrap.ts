import { createHash } from "node:crypto";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/index.js";
import { Job } from "@pulumi/kubernetes/batch/v1/index.js";
import { ConfigMap, ServiceAccount } from "@pulumi/kubernetes/core/v1/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { RunningSettings } from "../../config/blocks/services/service.ts";
import { imageAddress, secretFile } from "../../core/names.ts";
import { SECRET_DELIVERY } from "../../standards/secrets.ts";
import { PLATFORM_NAMESPACE, SECRETS_STORE_NAME } from "../shared/kubernetes/names.ts";
import { allow, toDataTier } from "../shared/kubernetes/network-policies.ts";
import { bootstrapSql } from "./bootstrap-sql.ts";
import type { WorkloadContext } from "./context.ts";
import { onceOnly, RUN_AGAIN } from "./job-parts.ts";
import { jobLabels } from "./labels.ts";
import { basePod, CONTAINER_SECURITY } from "./pod.ts";
import { SECRETS_MOUNT, secretVolume } from "./secret-files.ts";
import { seconds, WAITS } from "./waits.ts";

const MASTER_SECRET = "database-master";

/** The master's login as a section of libpq's service file; psql takes from it what its variables leave open. */
const LOGIN_FILE = "pg_service.conf";
const LOGIN_SECTION = "master";

const LABELS = jobLabels("database", "bootstrap");

export interface DatabaseBootstrapArgs {
  readonly context: WorkloadContext;
}

/**
 * Makes each service its own database, the roles that own and use it, and its extensions. The only pods that read the
 * master's password are these jobs, in the platform's namespace, through the platform's own store; services log in by IAM.
 * What a job does can be done again: it changes only what is missing. It runs when the service or its extensions change.
 */
export class DatabaseBootstrap extends pulumi.ComponentResource {
  private readonly args: DatabaseBootstrapArgs;
  private readonly name: string;
  private readonly shared: readonly pulumi.Resource[];

  constructor(name: string, args: DatabaseBootstrapArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:data:DatabaseBootstrap", name, {}, opts);
    const { database, network } = args.context;
    this.args = args;
    this.name = name;
    const namespace = PLATFORM_NAMESPACE;
    const account = new ServiceAccount(
      name,
      { metadata: { name: "database-bootstrap", namespace }, automountServiceAccountToken: false },
      { parent: this },
    );
    const master = new CustomResource(
      name,
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata: { name: MASTER_SECRET, namespace },
        spec: {
          // RDS renews the password on its own; a job that runs later must have the new one.
          refreshInterval: `${SECRET_DELIVERY.refreshSeconds / 60}m`,
          secretStoreRef: { name: SECRETS_STORE_NAME, kind: "SecretStore" },
          target: {
            name: MASTER_SECRET,
            creationPolicy: "Owner",
            deletionPolicy: "Delete",
            template: {
              data: { [LOGIN_FILE]: `[${LOGIN_SECTION}]\nuser={{ .username }}\npassword={{ .password }}\n` },
            },
          },
          data: ["username", "password"].map((property) => ({
            secretKey: property,
            remoteRef: { key: database.masterSecretArn, property },
          })),
        },
      },
      { parent: this },
    );
    const ways = allow(
      name,
      {
        namespace,
        policyName: "database-bootstrap",
        podLabels: LABELS,
        egress: [toDataTier(network.isolatedCidrBlocks, database.port)],
      },
      { parent: this },
    );
    this.shared = [account, ways, master];
    this.registerOutputs({});
  }

  /** The job of one service; its pods and migrations depend on it. Undefined for a service without database. */
  prepare(service: RunningSettings): pulumi.Resource | undefined {
    if (service.needs.database === null) return undefined;
    const script = bootstrapSql(service.name, service.needs.database);
    const version = createHash("sha256").update(script).digest("hex").slice(0, 10);
    const objectName = `${service.name}-bootstrap-${version}`;
    const childName = `${this.name}-${service.name}`;
    const child = { parent: this, dependsOn: [...this.shared] };
    const sql = new ConfigMap(
      childName,
      {
        metadata: { name: objectName, namespace: PLATFORM_NAMESPACE },
        data: { "bootstrap.sql": script },
        immutable: true,
      },
      child,
    );
    return new Job(
      childName,
      {
        metadata: { name: objectName, namespace: PLATFORM_NAMESPACE, labels: LABELS, annotations: RUN_AGAIN },
        spec: {
          backoffLimit: 3,
          activeDeadlineSeconds: WAITS.bootstrap,
          template: { metadata: { labels: LABELS }, spec: this.pod(objectName) },
        },
      },
      {
        ...child,
        // The servers that it talks to: the cluster alone answers nobody.
        dependsOn: [...this.shared, ...this.args.context.database.ready, sql],
        customTimeouts: { create: seconds(WAITS.bootstrap + WAITS.margin) },
      },
    );
  }

  private pod(configMapName: string) {
    const { database, environment, services } = this.args.context;
    const pod = basePod(
      {
        name: "psql",
        image: imageAddress(environment, services.databaseClientImage),
        command: ["psql", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--file=/sql/bootstrap.sql"],
        env: [
          { name: "PGHOST", value: database.writerEndpoint },
          { name: "PGPORT", value: String(database.port) },
          { name: "PGDATABASE", value: database.databaseName },
          // SCRAM bound to the TLS channel proves the server without a list of authorities: only it knows the password's proof.
          { name: "PGSSLMODE", value: "require" },
          { name: "PGCHANNELBINDING", value: "require" },
          { name: "PGSERVICEFILE", value: secretFile.path(LOGIN_FILE) },
          { name: "PGSERVICE", value: LOGIN_SECTION },
        ],
        resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "128Mi" } },
        securityContext: CONTAINER_SECURITY,
        volumeMounts: [
          { name: "tmp", mountPath: "/tmp" },
          { name: "sql", mountPath: "/sql", readOnly: true },
          SECRETS_MOUNT,
        ],
      },
      "database-bootstrap",
    );
    return {
      ...onceOnly(pod),
      volumes: [
        { name: "tmp", emptyDir: { sizeLimit: "16Mi" } },
        { name: "sql", configMap: { name: configMapName } },
        secretVolume(MASTER_SECRET, [LOGIN_FILE]),
      ],
    };
  }
}
