import type { ManagedPart } from "../../../config/blocks/managed-part.ts";
import { notYet } from "../account-switch.ts";
import type { Line } from "../check.ts";
import { advice, defineCheck, ok, unasked } from "../check.ts";
import type { Outcome } from "../outcome.ts";
import { isRefusal, valueOf } from "../outcome.ts";

interface Switch<T> {
  readonly what: string;
  readonly needed: string;
  readonly answer: Outcome<T>;
  /** What is found, and whether it is as it should be; undefined for "there is no setting". */
  readonly read: (value: T | undefined) => { readonly found: string; readonly right: boolean };
  readonly todo: string;
  /** Who sets it; absent: nobody by the stack file. */
  readonly managed?: ManagedPart;
}

function judgeSwitch<T>({ what, needed, answer, read, todo, managed }: Switch<T>): Line {
  const part = { what, needed };
  if (isRefusal(answer)) return unasked(part, answer);
  const { found, right } = read(valueOf(answer));
  if (right) return ok(part, found);
  return managed === undefined ? advice(part, found, todo) : notYet(part, found, managed, todo);
}

const onOff = (on: boolean) => ({ found: on ? "on" : "off", right: on });

/** What keeps buckets, snapshots, images and documents of the whole account from the world, whoever makes them. */
export const publicAccessCheck = defineCheck({
  id: "public-access",
  subject: "The account's own safety",
  source: "AWS Foundational Security Best Practices S3.1, EC2.7, EC2.182, SSM.7",
  requirements: ["SEC-12"],
  gather: async ({ config: { environment } }, { ask }) => {
    const { accountId, region } = environment;
    const [buckets, snapshots, images, documents] = await Promise.all([
      ask("s3:GetAccountPublicAccessBlock", { AccountId: accountId }, region),
      ask("ec2:GetSnapshotBlockPublicAccessState", {}, region),
      ask("ec2:GetImageBlockPublicAccessState", {}, region),
      ask("ssm:GetServiceSetting", { SettingId: "/ssm/documents/console/public-sharing-permission" }, region),
    ]);
    return { buckets, snapshots, images, documents };
  },
  judge: ({ config: { account, environment } }, { buckets, snapshots, images, documents }) => [
    judgeSwitch({
      what: "Public access block of S3",
      needed: "all four parts on",
      answer: buckets,
      managed: account.publicAccessBlock,
      read: (value) => {
        const block = value?.PublicAccessBlockConfiguration;
        const parts = [
          block?.BlockPublicAcls,
          block?.BlockPublicPolicy,
          block?.IgnorePublicAcls,
          block?.RestrictPublicBuckets,
        ];
        const on = parts.filter((part) => part === true).length;
        return { found: `${on} of 4 on`, right: on === parts.length };
      },
      todo: `aws s3control put-public-access-block --account-id ${environment.accountId} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true`,
    }),
    judgeSwitch({
      what: "Public snapshots of volumes",
      needed: "block-all-sharing",
      answer: snapshots,
      read: (value) => ({ found: value?.State ?? "unblocked", right: value?.State === "block-all-sharing" }),
      todo: "aws ec2 enable-snapshot-block-public-access --state block-all-sharing",
    }),
    judgeSwitch({
      what: "Public images",
      needed: "block-new-sharing",
      answer: images,
      read: (value) => ({
        found: value?.ImageBlockPublicAccessState ?? "unblocked",
        right: value?.ImageBlockPublicAccessState === "block-new-sharing",
      }),
      todo: "aws ec2 enable-image-block-public-access --image-block-public-access-state block-new-sharing",
    }),
    judgeSwitch({
      what: "Public documents of Systems Manager",
      needed: "sharing off",
      answer: documents,
      managed: account.documentSharing,
      read: (value) => {
        const { found, right } = onOff(value?.ServiceSetting?.SettingValue !== "Disable");
        return { found: `sharing ${found}`, right: !right };
      },
      todo: "aws ssm update-service-setting --setting-id /ssm/documents/console/public-sharing-permission --setting-value Disable",
    }),
  ],
});
