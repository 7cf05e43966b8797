import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as ssm from "@pulumi/aws/ssm/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { AccessSettings } from "../../config/blocks/access.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { arnOf, awsArn, logGroupName } from "../../core/names.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Keys } from "../keys/keys.ts";
import type { PolicyStatement } from "../shared/iam.ts";
import { policyDocumentOutput } from "../shared/iam.ts";

export interface SessionsArgs {
  readonly environment: Environment;
  readonly settings: AccessSettings["sessions"];
  readonly keys: Pick<Keys<"logs" | "sessions">, "arns">;
  /** The cluster whose nodes people go through. */
  readonly cluster: Pick<Cluster, "name">;
}

/** AWS' document for a tunnel through an instance to another host; it opens no shell. */
const TUNNEL = "AWS-StartPortForwardingSessionToRemoteHost";

/** How long a forgotten tunnel stays open, and any tunnel at most, in minutes. */
const IDLE_TIMEOUT_MINUTES = 20;
const MAX_SESSION_MINUTES = 240;

/**
 * People's way to the private API server and databases: a tunnel by SSM through a node, with no open port, no key and
 * no bastion. The policy allows tunnels through this cluster's nodes only, and no shell. What goes through a tunnel is
 * encrypted by who speaks there (TLS), and AWS records none of it: that somebody opened it, when and to where, stands in
 * the trail (StartSession). Shells, which an administrator may open in an emergency, are encrypted with our key and
 * recorded. Attach the policy to the operators' permission set. Cost: none beyond key and log.
 */
export class Sessions extends pulumi.ComponentResource {
  /** Policy for operators. */
  readonly operatorPolicyArn: pulumi.Output<string>;

  constructor(name: string, args: SessionsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:access:Sessions", name, {}, opts);
    if (args.settings.preferences === "stack") this.createPreferences(name, args);
    const policy = new iam.Policy(
      name,
      {
        description: "Tunnels through the cluster's nodes; no shell",
        policy: policyDocumentOutput(tunnelPermissions(args)),
      },
      { parent: this },
    );
    this.operatorPolicyArn = policy.arn;
    this.registerOutputs({ operatorPolicyArn: this.operatorPolicyArn });
  }

  /**
   * What holds for every shell of the account and region, and the log of them. Who opens one needs kms:GenerateDataKey on
   * the key, the instance what the nodes' role has.
   */
  private createPreferences(name: string, { environment, settings, keys }: SessionsArgs): void {
    const logs = new cloudwatch.LogGroup(
      name,
      {
        name: logGroupName.sessions(environment),
        retentionInDays: settings.logRetentionDays,
        kmsKeyId: keys.arns.logs,
      },
      { parent: this },
    );
    // The account's preferences: SSM reads them from the document of this very name.
    new ssm.Document(
      name,
      {
        name: "SSM-SessionManagerRunShell",
        documentType: "Session",
        documentFormat: "JSON",
        content: pulumi.jsonStringify({
          schemaVersion: "1.0",
          description: "Shells are encrypted and recorded, and every session ends by itself",
          sessionType: "Standard_Stream",
          inputs: {
            kmsKeyId: keys.arns.sessions,
            cloudWatchLogGroupName: logs.name,
            cloudWatchEncryptionEnabled: true,
            cloudWatchStreamingEnabled: true,
            idleSessionTimeout: String(IDLE_TIMEOUT_MINUTES),
            maxSessionDuration: String(MAX_SESSION_MINUTES),
          },
        }),
      },
      { parent: this },
    );
  }
}

/** Tunnels through this cluster's nodes only, by the one document; people end and resume their own. */
function tunnelPermissions({ environment, cluster, keys }: SessionsArgs): PolicyStatement[] {
  const { region, accountId } = environment;
  return [
    {
      Effect: "Allow",
      Action: "ssm:StartSession",
      Resource: arnOf(environment, "ec2", "instance/*"),
      Condition: {
        StringEquals: { "ssm:resourceTag/eks:cluster-name": cluster.name },
        BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
      },
    },
    { Effect: "Allow", Action: "ssm:StartSession", Resource: awsArn(region, "ssm", `document/${TUNNEL}`) },
    {
      Effect: "Allow",
      Action: ["ssm:ResumeSession", "ssm:TerminateSession"],
      Resource: arnOf({ accountId, region: "*" }, "ssm", "session/${aws:userid}-*"),
    },
    // A tunnel begins with a node's id; the call knows no single instances.
    { Effect: "Allow", Action: "ec2:DescribeInstances", Resource: "*" },
    // SSM encrypts the session's own channel where the account's preferences name a key.
    { Effect: "Allow", Action: "kms:GenerateDataKey", Resource: keys.arns.sessions },
    {
      Effect: "Allow",
      Action: "eks:DescribeCluster",
      Resource: cluster.name.apply((clusterName) => arnOf(environment, "eks", `cluster/${clusterName}`)),
    },
  ];
}
