import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as codebuild from "@pulumi/aws/codebuild/index.js";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { AccessSettings } from "../../config/blocks/access.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { arnOf, logGroupName, nameOf } from "../../core/names.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Keys } from "../keys/keys.ts";
import type { Network } from "../network/network.ts";
import type { PolicyStatement } from "../shared/iam.ts";
import { arnWithRights, policyDocumentOutput, serviceTrust } from "../shared/iam.ts";

export interface RunnerArgs {
  readonly environment: Environment;
  readonly settings: AccessSettings["runner"];
  readonly keys: Pick<Keys<"logs" | "data">, "arns">;
  readonly network: Pick<Network, "vpcId" | "privateSubnetIds">;
  /** The cluster whose private endpoint the jobs must reach. */
  readonly cluster: Pick<Cluster, "clusterSecurityGroupId">;
}

const IMAGE = "aws/codebuild/amazonlinux-x86_64-standard:5.0";

/**
 * The pipeline's runner inside the network: GitHub's jobs with the label `codebuild-<prefix>-<environment>-<run>` run
 * here, so that they reach the private API server. The runner itself may do nothing in the account but write its log
 * and join the subnets: what a job may do comes from the role it takes on with GitHub's own identity.
 */
export class Runner extends pulumi.ComponentResource {
  /** CodeBuild project; workflows say `runs-on: codebuild-<name>-…`. */
  readonly projectName: pulumi.Output<string>;
  /** Group of the jobs' network interfaces. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: RunnerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:access:Runner", name, {}, opts);
    const { environment, settings, network } = args;
    const physicalName = nameOf(environment);
    const child = { parent: this };
    const logs = new cloudwatch.LogGroup(
      name,
      {
        name: logGroupName.runner(environment),
        retentionInDays: settings.logRetentionDays,
        kmsKeyId: args.keys.arns.logs,
      },
      child,
    );
    const securityGroup = this.createSecurityGroup(name, args);
    const roleArn = this.createRole(name, args, logs, securityGroup);
    const project = new codebuild.Project(
      name,
      {
        name: physicalName,
        description: "Runs GitHub's jobs inside the private network",
        serviceRole: roleArn,
        artifacts: { type: "NO_ARTIFACTS" },
        encryptionKey: args.keys.arns.data,
        buildTimeout: settings.timeoutMinutes,
        concurrentBuildLimit: settings.concurrentJobs,
        environment: {
          type: "LINUX_CONTAINER",
          computeType: settings.computeType,
          image: IMAGE,
          imagePullCredentialsType: "CODEBUILD",
          privilegedMode: false,
        },
        source: {
          type: "GITHUB",
          location: settings.repositoryUrl,
          auth: { type: "CODECONNECTIONS", resource: settings.connectionArn },
        },
        vpcConfig: {
          vpcId: network.vpcId,
          subnets: [...network.privateSubnetIds],
          securityGroupIds: [securityGroup.id],
        },
        logsConfig: { cloudwatchLogs: { status: "ENABLED", groupName: logs.name }, s3Logs: { status: "DISABLED" } },
      },
      // CodeBuild checks the role's rights to the subnets when the project is made: the ARN waits for them.
      child,
    );
    // Only queued jobs of workflows start a runner: no push, no pull request by itself.
    new codebuild.Webhook(
      name,
      {
        projectName: project.name,
        buildType: "BUILD",
        filterGroups: [{ filters: [{ type: "EVENT", pattern: "WORKFLOW_JOB_QUEUED" }] }],
      },
      { parent: project },
    );
    this.projectName = project.name;
    this.securityGroupId = securityGroup.id;
    this.registerOutputs({ projectName: this.projectName, securityGroupId: this.securityGroupId });
  }

  /** Nothing comes in; out go TLS only and, inside the network, the way to the API server. */
  private createSecurityGroup(name: string, { environment, network, cluster }: RunnerArgs): ec2.SecurityGroup {
    const securityGroup = new ec2.SecurityGroup(
      name,
      {
        vpcId: network.vpcId,
        description: "Jobs of the pipeline",
        tags: { Name: nameOf(environment, "runner") },
      },
      { parent: this },
    );
    new vpc.SecurityGroupEgressRule(
      `${name}-https`,
      {
        securityGroupId: securityGroup.id,
        description: "GitHub, AWS and the API server",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: "0.0.0.0/0",
      },
      { parent: securityGroup },
    );
    new vpc.SecurityGroupIngressRule(
      `${name}-api-server`,
      {
        securityGroupId: cluster.clusterSecurityGroupId,
        description: "Jobs of the pipeline to the API server",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        referencedSecurityGroupId: securityGroup.id,
      },
      { parent: securityGroup },
    );
    return securityGroup;
  }

  private createRole(
    name: string,
    args: RunnerArgs,
    logs: cloudwatch.LogGroup,
    securityGroup: ec2.SecurityGroup,
  ): pulumi.Output<string> {
    const { environment, settings, keys } = args;
    const role = new iam.Role(
      name,
      {
        description: "CodeBuild's role for the pipeline's runner: its log and its network interfaces, nothing else",
        assumeRolePolicy: serviceTrust("codebuild", { accountId: environment.accountId }),
      },
      { parent: this },
    );
    const statements: PolicyStatement[] = [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: pulumi.interpolate`${logs.arn}:*`,
      },
      {
        Effect: "Allow",
        Action: [
          "codeconnections:GetConnection",
          "codeconnections:GetConnectionToken",
          "codeconnections:UseConnection",
        ],
        Resource: settings.connectionArn,
      },
      { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: keys.arns.data },
      ...interfacePermissions(args, securityGroup),
    ];
    const policy = policyDocumentOutput(statements);
    return arnWithRights(role, [new iam.RolePolicy(name, { role: role.id, policy }, { parent: role })]);
  }
}

/** Joins the jobs to the private subnets: interfaces there with the runner's group, used by CodeBuild alone. */
function interfacePermissions(
  { environment, network }: RunnerArgs,
  securityGroup: ec2.SecurityGroup,
): PolicyStatement[] {
  const subnetArns = network.privateSubnetIds.map((id) =>
    pulumi.output(id).apply((subnetId) => arnOf(environment, "ec2", `subnet/${subnetId}`)),
  );
  const interfaces = arnOf(environment, "ec2", "network-interface/*");
  return [
    {
      Effect: "Allow",
      Action: [
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
      ],
      Resource: "*",
    },
    // An interface is made in a subnet with a group: all three are named.
    {
      Effect: "Allow",
      Action: "ec2:CreateNetworkInterface",
      Resource: [
        ...subnetArns,
        securityGroup.id.apply((id) => arnOf(environment, "ec2", `security-group/${id}`)),
        interfaces,
      ],
    },
    { Effect: "Allow", Action: "ec2:DeleteNetworkInterface", Resource: interfaces },
    {
      Effect: "Allow",
      Action: "ec2:CreateNetworkInterfacePermission",
      Resource: interfaces,
      Condition: {
        StringEquals: { "ec2:AuthorizedService": "codebuild.amazonaws.com" },
        ArnEquals: { "ec2:Subnet": subnetArns },
      },
    },
  ];
}
