import type { LaunchTemplateArgs } from "@pulumi/aws/ec2/index.js";

import { show } from "../../../core/finding.ts";
import { CLUSTER } from "../../../standards/cluster.ts";
import { resourceRule } from "../../lib/rule.ts";

export const ltImdsv2 = resourceRule<LaunchTemplateArgs>({
  name: "lt-imdsv2",
  description:
    "Instances answer metadata requests with a session token only, so that a tricked service cannot fetch the instance's credentials.",
  severity: "high",
  checklist: ["SEC-13", "SEC-31"],
  url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html",
  remediation: 'Set metadataOptions to { httpTokens: "required", httpPutResponseHopLimit: 1 }.',
  types: ["aws:ec2/launchTemplate:LaunchTemplate"],
  check({ metadataOptions }, report) {
    // Without the endpoint there is nothing to fetch. Absent means on.
    if (metadataOptions?.httpEndpoint === "disabled") return;
    // Absent means what account and image say, which may be optional.
    const tokens = metadataOptions?.httpTokens;
    if (tokens !== "required")
      report({ property: "metadataOptions.httpTokens", found: show(tokens), required: "required" });
    // Absent means 1, or 2 where the image says so: both are allowed.
    const hops = metadataOptions?.httpPutResponseHopLimit;
    if (hops !== undefined && hops > CLUSTER.maxMetadataHops) {
      report({
        property: "metadataOptions.httpPutResponseHopLimit",
        found: show(hops),
        required: `at most ${CLUSTER.maxMetadataHops} (hops)`,
      });
    }
  },
});
