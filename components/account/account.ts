import * as backup from "@pulumi/aws/backup/index.js";
import * as ebs from "@pulumi/aws/ebs/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as inspector2 from "@pulumi/aws/inspector2/index.js";
import * as s3 from "@pulumi/aws/s3/index.js";
import * as ssm from "@pulumi/aws/ssm/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { AccountSettings } from "../../config/blocks/account.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { arnOf, managedPolicyArn } from "../../core/names.ts";
import { ACCOUNT } from "../../standards/account.ts";
import { BACKUP } from "../../standards/backup.ts";
import { policyDocument } from "../shared/iam.ts";

export interface AccountArgs {
  readonly environment: Environment;
  readonly settings: AccountSettings;
  /** Regions beside the environment's own in which the environment has something. */
  readonly otherRegions: readonly string[];
  /** Region with the copies of backups. */
  readonly copyRegion: string;
  /** Roles of the people who may open cases at AWS. */
  readonly peopleRoleArns: readonly string[];
}

/**
 * Switches of the whole account, each unless an organisation has set it already: what is made beside this stack, by hand or
 * by another, is no weaker than it. Cost: Inspector by what it looks at, some dollars a month. SEC-14, COMP-05
 */
export class Account extends pulumi.ComponentResource {
  /** Switches that the organisation has set, with who answers for each. */
  readonly ownedElsewhere: Readonly<Record<string, string>>;

  constructor(name: string, args: AccountArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:security:Account", name, {}, opts);
    const { environment, settings } = args;
    const child = { parent: this };
    const ours = (part: keyof AccountSettings) => settings[part].managedBy === "stack";
    const regions = [undefined, ...new Set(args.otherRegions.filter((region) => region !== environment.region))];
    for (const region of regions) {
      const regional = region === undefined ? name : `${name}-${region}`;
      const place = region === undefined ? {} : { region };
      if (ours("volumeEncryption")) new ebs.EncryptionByDefault(regional, { ...place, enabled: true }, child);
      if (ours("documentSharing")) blockSharing(regional, environment, region, child);
    }
    if (ours("backupTypes")) {
      optIn(name, {}, child);
      optIn(`${name}-${args.copyRegion}`, { region: args.copyRegion }, child);
    }
    if (ours("publicAccessBlock")) {
      new s3.AccountPublicAccessBlock(
        name,
        { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
        child,
      );
    }
    if (ours("passwordPolicy")) createPasswordPolicy(name, child);
    if (ours("inspector")) {
      new inspector2.Enabler(
        name,
        { accountIds: [environment.accountId], resourceTypes: [...ACCOUNT.inspectedResources] },
        child,
      );
    }
    if (ours("supportRole")) createSupportRole(name, args.peopleRoleArns, child);
    this.ownedElsewhere = Object.fromEntries(
      Object.entries(settings).flatMap(([part, { owner }]) => (owner === null ? [] : [[part, owner]])),
    );
    this.registerOutputs({ ownedElsewhere: this.ownedElsewhere });
  }
}

/**
 * Switches on what the backups take: a plan that selects by tag leaves out a type that is off, without a word, and for
 * Aurora naming the type in the plan does not help. AWS switches all on with an account's first plan; in an account that
 * had one before, somebody may have switched them off. Types that are not named stay as they are. The provider reads all
 * types back and would count those as a change in each run; so a further type is a further resource of this kind.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
 */
function optIn(name: string, place: { readonly region?: string }, opts: pulumi.CustomResourceOptions): void {
  new backup.RegionSettings(
    `${name}-backup-types`,
    { ...place, resourceTypeOptInPreference: Object.fromEntries(BACKUP.types.map((type) => [type, true])) },
    { ...opts, ignoreChanges: ["resourceTypeOptInPreference"] },
  );
}

/** People come through the identity provider; an IAM user that is made all the same has a strong password. */
function createPasswordPolicy(name: string, opts: pulumi.CustomResourceOptions): void {
  new iam.AccountPasswordPolicy(
    name,
    {
      minimumPasswordLength: ACCOUNT.minPasswordLength,
      passwordReusePrevention: ACCOUNT.rememberedPasswords,
      maxPasswordAge: ACCOUNT.maxPasswordAgeDays,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      allowUsersToChangePassword: true,
    },
    opts,
  );
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html */
function blockSharing(
  name: string,
  environment: Environment,
  region: string | undefined,
  opts: pulumi.CustomResourceOptions,
): void {
  const place = { accountId: environment.accountId, region: region ?? environment.region };
  new ssm.ServiceSetting(
    `${name}-document-sharing`,
    {
      ...(region === undefined ? {} : { region }),
      settingId: arnOf(place, "ssm", "servicesetting/ssm/documents/console/public-sharing-permission"),
      settingValue: "Disable",
    },
    opts,
  );
}

/** Opens cases and nothing else; for the people whom the cluster knows. */
function createSupportRole(name: string, peopleRoleArns: readonly string[], opts: pulumi.CustomResourceOptions): void {
  const role = new iam.Role(
    `${name}-support`,
    {
      description: "Taken on by people to open cases at AWS",
      assumeRolePolicy: policyDocument([
        { Effect: "Allow", Principal: { AWS: [...peopleRoleArns] }, Action: "sts:AssumeRole" },
      ]),
    },
    opts,
  );
  new iam.RolePolicyAttachment(
    `${name}-support`,
    { role: role.name, policyArn: managedPolicyArn("AWSSupportAccess") },
    { parent: role },
  );
}
