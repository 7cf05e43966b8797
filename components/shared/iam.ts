import * as pulumi from "@pulumi/pulumi";

type OneOrMore<T> = T | readonly T[];

/** Operator, key and what it is compared with. */
type Condition<Text> = Readonly<Record<string, Readonly<Record<string, OneOrMore<Text | string>>>>>;

/** What every kind of policy is made of. */
interface Statement<Text> {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  /** Whom it speaks of; absent in the policy of a role, which speaks of the role. */
  readonly Principal?: "*" | Readonly<Record<string, OneOrMore<Text | string>>>;
  readonly Action: OneOrMore<string>;
  /** Absent where the policy can mean only the one resource that it hangs on: a role, an image repository. */
  readonly Resource?: OneOrMore<Text>;
  readonly Condition?: Condition<Text>;
}

/** What a role may do, as an IAM policy says it. `PolicyStatement<string>`: with no value that only the cloud knows. */
export interface PolicyStatement<Text = pulumi.Input<string>> extends Statement<Text> {
  readonly Resource: OneOrMore<Text>;
}

/** Who may do what with a resource, as the resource's own policy says it. */
export interface ResourcePolicyStatement<Text = pulumi.Input<string>> extends PolicyStatement<Text> {
  readonly Principal: "*" | Readonly<Record<string, OneOrMore<Text | string>>>;
}

/** The policy language's version; without it IAM reads variables such as `${aws:userid}` as plain text. */
const VERSION = "2012-10-17";

/** A policy of known values: it can be judged before anything exists. */
export function policyDocument(statements: readonly Statement<string>[]): string {
  return JSON.stringify({ Version: VERSION, Statement: statements });
}

/** A policy with values that only the cloud knows. */
export function policyDocumentOutput(statements: readonly Statement<pulumi.Input<string>>[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: VERSION, Statement: statements });
}

/** Requests without TLS are refused, whoever makes them; SEC-01. */
export function tlsOnly<Text extends pulumi.Input<string>>(
  action: string,
  resource: OneOrMore<Text>,
): ResourcePolicyStatement<Text> {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** Services that say for whom they take a role on; each is the principal without `.amazonaws.com`. */
export type SourcedService =
  | "appconfig"
  | "backup"
  | "cloudtrail"
  | "codebuild"
  | "config"
  | "eks"
  | "monitoring.rds"
  | "pods.eks"
  | "rds"
  | "vpc-flow-logs";

/** For whom a service may take the role on: without it, any customer's resource could make the service use our role. */
export interface TrustSource {
  readonly accountId: string;
  /** The resource for which the service acts; with `*` a pattern. Absent: any of the account. */
  readonly sourceArn?: string;
  /** Further keys of the request and what each must be. */
  readonly equals?: Readonly<Record<string, string>>;
  /** The service puts tags on the session; absent: it does not. */
  readonly tagsSession?: boolean;
}

/**
 * Trust policy of a role which a service takes on for resources of this account.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function serviceTrust(service: SourcedService, source: TrustSource): string {
  const { accountId, sourceArn, equals, tagsSession = false } = source;
  return policyDocument([
    {
      Effect: "Allow",
      Principal: { Service: `${service}.amazonaws.com` },
      Action: tagsSession ? ["sts:AssumeRole", "sts:TagSession"] : "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceAccount": accountId, ...equals },
        ...(sourceArn === undefined
          ? {}
          : { [sourceArn.includes("*") ? "ArnLike" : "ArnEquals"]: { "aws:SourceArn": sourceArn } }),
      },
    },
  ]);
}

/**
 * Services that document no way to say for whom they take a role on, and what keeps other customers out all the same. A
 * condition on a key which the service does not send would shut the service itself out.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const WITHOUT_SOURCE = {
  chatbot:
    "Amazon Q Developer in chat applications documents its principal alone for channel roles, and a channel can be given only a role of its own account.",
  ec2: "EC2 documents its principal alone for roles of instances, and an instance profile holds only a role of its own account.",
  lambda:
    "Lambda documents its principal alone for execution roles, and a function can be given only a role of its own account.",
} as const;

/** Trust policy of a role which a service takes on without a word for whom; {@link WITHOUT_SOURCE} says why that is safe. */
export function trustWithoutSource(service: keyof typeof WITHOUT_SOURCE): string {
  return policyDocument([
    { Effect: "Allow", Principal: { Service: `${service}.amazonaws.com` }, Action: "sts:AssumeRole" },
  ]);
}

/**
 * The ARN of something, a role for instance, that waits for its rights: who is handed it needs no further word on the order.
 * `dependsOn` with the role would not do, for the rights are resources of their own; what is tried at once fails without them.
 */
export function arnWithRights(
  of: { readonly arn: pulumi.Output<string> },
  rights: readonly pulumi.CustomResource[],
): pulumi.Output<string> {
  return pulumi.all([of.arn, pulumi.all(rights.map(({ id }) => id))]).apply(([arn]) => arn);
}
