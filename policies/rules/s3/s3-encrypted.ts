import { show } from "../../../core/finding.ts";
import type { BucketProps, EncryptionRule } from "../../lib/bucket.ts";
import { BUCKETS, partsOf, takesAccessLogs } from "../../lib/bucket.ts";
import { isSet } from "../../lib/is-set.ts";
import { stackRule } from "../../lib/rule.ts";

export const s3Encrypted = stackRule<BucketProps>({
  name: "s3-encrypted",
  description:
    "Objects are encrypted under a customer key, so that reading one takes two permissions and every use of the key is on record.",
  severity: "high",
  checklist: ["SEC-14"],
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
  remediation: "Add a BucketServerSideEncryptionConfiguration with aws:kms and kmsMasterKeyId.",
  type: BUCKETS,
  check(bucket, stack, report) {
    const beside = partsOf<{ readonly rules: readonly EncryptionRule[] }>(
      stack,
      bucket,
      "ServerSideEncryptionConfiguration",
    ).flatMap(({ props }) => props.rules);
    const rules: readonly EncryptionRule[] =
      beside.length > 0 ? beside : [bucket.props.serverSideEncryptionConfiguration?.rule ?? []].flat();
    // Absent means S3's own key, which no policy of ours governs.
    if (rules.length === 0)
      report({ property: "(encryption)", found: "nothing", required: "aws:kms with a customer key" });
    for (const { applyServerSideEncryptionByDefault: byDefault } of rules) {
      const algorithm = byDefault?.sseAlgorithm;
      if (algorithm === "AES256" && takesAccessLogs(stack, bucket)) continue;
      if (algorithm !== "aws:kms" && algorithm !== "aws:kms:dsse") {
        report({
          property: "sseAlgorithm",
          found: show(algorithm),
          required: "aws:kms (AES256 only where S3 or balancers write access logs)",
        });
      } else if (byDefault === undefined || !isSet(byDefault, "kmsMasterKeyId")) {
        report({ property: "kmsMasterKeyId", found: "nothing", required: "a customer key" });
      }
    }
  },
});
