import type { SecurityEvent } from "./security-event.ts";

const oneOf = (names: readonly string[]) => names.map((name) => `($.eventName = ${name})`).join(" || ");
const quoted = (names: readonly string[]) => names.map((name) => `($.eventName = "${name}")`).join(" || ");
const from = (source: string, names: string) => `{ ($.eventSource = ${source}) && (${names}) }`;

const IAM_POLICY_CALLS = ["Group", "Role", "User"].flatMap((kind) => [`Delete${kind}Policy`, `Put${kind}Policy`]);
const POLICY_CALLS = ["CreatePolicy", "DeletePolicy", "CreatePolicyVersion", "DeletePolicyVersion"];
const ATTACHMENTS = ["Role", "User", "Group"].flatMap((kind) => [`Attach${kind}Policy`, `Detach${kind}Policy`]);

const BUCKET_CALLS = [
  "PutBucketAcl",
  ...["Policy", "Cors", "Lifecycle", "Replication"].flatMap((part) => [`PutBucket${part}`, `DeleteBucket${part}`]),
];

const ORGANISATION_CALLS = [
  "AcceptHandshake",
  "AttachPolicy",
  "CreateAccount",
  "CreateOrganizationalUnit",
  "CreatePolicy",
  "DeclineHandshake",
  "DeleteOrganization",
  "DeleteOrganizationalUnit",
  "DeletePolicy",
  "DetachPolicy",
  "DisablePolicyType",
  "EnablePolicyType",
  "InviteAccountToOrganization",
  "LeaveOrganization",
  "MoveAccount",
  "RemoveAccountFromOrganization",
  "UpdatePolicy",
  "UpdateOrganizationalUnit",
];

/** Changes that a benchmark wants to be told of, whoever makes them: the pipeline's own are among them. */
const CHANGES: readonly {
  readonly control: string;
  readonly role: string;
  readonly of: string;
  readonly pattern: string;
}[] = [
  {
    control: "4.4",
    role: "iam-policy-change",
    of: "policies in IAM",
    pattern: `{ ${oneOf([...IAM_POLICY_CALLS, ...POLICY_CALLS, ...ATTACHMENTS])} }`,
  },
  {
    control: "4.5",
    role: "trail-change",
    of: "the trail",
    pattern: `{ ${oneOf(["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"])} }`,
  },
  {
    control: "4.7",
    role: "key-removal",
    of: "keys that are switched off or go",
    pattern: from("kms.amazonaws.com", oneOf(["DisableKey", "ScheduleKeyDeletion"])),
  },
  {
    control: "4.8",
    role: "bucket-policy-change",
    of: "buckets' rules",
    pattern: from("s3.amazonaws.com", oneOf(BUCKET_CALLS)),
  },
  {
    control: "4.9",
    role: "recorder-change",
    of: "AWS Config's recorder",
    pattern: from(
      "config.amazonaws.com",
      oneOf(["StopConfigurationRecorder", "DeleteDeliveryChannel", "PutDeliveryChannel", "PutConfigurationRecorder"]),
    ),
  },
  {
    control: "4.10",
    role: "security-group-change",
    of: "security groups",
    pattern: `{ ${oneOf([
      "AuthorizeSecurityGroupIngress",
      "AuthorizeSecurityGroupEgress",
      "RevokeSecurityGroupIngress",
      "RevokeSecurityGroupEgress",
      "CreateSecurityGroup",
      "DeleteSecurityGroup",
    ])} }`,
  },
  {
    control: "4.11",
    role: "access-list-change",
    of: "network access lists",
    pattern: `{ ${oneOf([
      "CreateNetworkAcl",
      "CreateNetworkAclEntry",
      "DeleteNetworkAcl",
      "DeleteNetworkAclEntry",
      "ReplaceNetworkAclEntry",
      "ReplaceNetworkAclAssociation",
    ])} }`,
  },
  {
    control: "4.12",
    role: "gateway-change",
    of: "network gateways",
    pattern: `{ ${oneOf([
      "CreateCustomerGateway",
      "DeleteCustomerGateway",
      "AttachInternetGateway",
      "CreateInternetGateway",
      "DeleteInternetGateway",
      "DetachInternetGateway",
    ])} }`,
  },
  {
    control: "4.13",
    role: "route-change",
    of: "route tables",
    pattern: from(
      "ec2.amazonaws.com",
      oneOf([
        "CreateRoute",
        "CreateRouteTable",
        "ReplaceRoute",
        "ReplaceRouteTableAssociation",
        "DeleteRouteTable",
        "DeleteRoute",
        "DisassociateRouteTable",
      ]),
    ),
  },
  {
    control: "4.14",
    role: "network-change",
    of: "the private network",
    pattern: `{ ${oneOf([
      "CreateVpc",
      "DeleteVpc",
      "ModifyVpcAttribute",
      "AcceptVpcPeeringConnection",
      "CreateVpcPeeringConnection",
      "DeleteVpcPeeringConnection",
      "RejectVpcPeeringConnection",
      "AttachClassicLinkVpc",
      "DetachClassicLinkVpc",
      "DisableVpcClassicLink",
      "EnableVpcClassicLink",
    ])} }`,
  },
  {
    control: "4.15",
    role: "organisation-change",
    of: "the organisation",
    pattern: from("organizations.amazonaws.com", quoted(ORGANISATION_CALLS)),
  },
];

/** `iam-policy-change` as a metric: IamPolicyChange. */
const metricOf = (role: string) =>
  role
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

/**
 * What the CIS AWS Foundations Benchmark 5.0 wants to be told of (its section 4), in its own patterns: a judge compares the
 * calls that a filter names. Root use and failed logins (4.3, 4.6) are among the other security events.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
 */
export function benchmarkEvents(unauthorisedCallsPerHour: number): readonly SecurityEvent[] {
  return [
    {
      role: "unauthorised-calls",
      metric: "UnauthorisedCalls",
      pattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
      summary: `More than ${unauthorisedCallsPerHour} calls within an hour were refused: a role lacks a right that it needs, or somebody looks for what works. (CIS 4.1)`,
      audience: "security",
      runbook: "unauthorised-calls",
      thresholdPerHour: unauthorisedCallsPerHour,
    },
    {
      role: "login-without-mfa",
      metric: "LoginWithoutMfa",
      pattern:
        '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
      summary: "Somebody logged in to the console with a password alone. (CIS 4.2)",
      audience: "security",
      runbook: "login-without-mfa",
      thresholdPerHour: 0,
    },
    ...CHANGES.map(
      ({ control, role, of, pattern }): SecurityEvent => ({
        role,
        metric: metricOf(role),
        pattern,
        summary: `Something was changed about ${of}. After a deployment that is as it should be; otherwise somebody must say why. (CIS ${control})`,
        audience: "ticket",
        runbook: "security-relevant-change",
        thresholdPerHour: 0,
      }),
    ),
  ];
}
