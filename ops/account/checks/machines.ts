import { notYet } from "../account-switch.ts";
import type { Line } from "../check.ts";
import { advice, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

/** What holds for machines and volumes that somebody else makes in the region: ours say everything themselves. */
export const machinesCheck = defineCheck({
  id: "machines",
  subject: "The account's own safety",
  source:
    "AWS Foundational Security Best Practices EC2.7, EC2.8; https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html",
  requirements: ["SEC-13"],
  gather: async ({ config: { environment } }, { ask }) => {
    const [encryption, metadata] = await Promise.all([
      ask("ec2:GetEbsEncryptionByDefault", {}, environment.region),
      ask("ec2:GetInstanceMetadataDefaults", {}, environment.region),
    ]);
    return { encryption, metadata };
  },
  judge: ({ config: { account } }, { encryption, metadata }): readonly Line[] => {
    const volumes = { what: "Encryption of volumes by default", needed: "on" };
    const tokens = { what: "Metadata of instances by default", needed: "tokens required" };
    const level = valueOf(metadata)?.AccountLevel?.HttpTokens;
    return [
      isRefusal(encryption)
        ? unasked(volumes, encryption)
        : valueOf(encryption)?.EbsEncryptionByDefault === true
          ? ok(volumes, "on")
          : notYet(
              volumes,
              "off",
              account.volumeEncryption,
              "aws ec2 enable-ebs-encryption-by-default; ours are encrypted either way, others' are not.",
            ),
      isRefusal(metadata)
        ? unasked(tokens, metadata)
        : level === "required"
          ? ok(tokens, "required")
          : advice(
              tokens,
              level ?? "no default",
              "aws ec2 modify-instance-metadata-defaults --http-tokens required; ours say so themselves.",
            ),
    ];
  },
});
