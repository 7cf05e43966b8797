import type { ZoneArgs } from "@pulumi/aws/route53/index.js";

import { isSet } from "../../lib/is-set.ts";
import { stackRule } from "../../lib/rule.ts";

export const route53Zone = stackRule<ZoneArgs>({
  name: "route53-zone",
  description:
    "Questions to public zones are on record, and a zone with records in it cannot be deleted by the program.",
  severity: "low",
  checklist: ["NET-01", "SEC-18"],
  url: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html",
  remediation: "Add a QueryLog for the zone and leave forceDestroy off.",
  type: "aws:route53/zone:Zone",
  check(zone, stack, report) {
    if (zone.props.forceDestroy === true)
      report({ property: "forceDestroy", found: "true", required: "false or absent" });
    // A zone of networks only is private, and Route 53 logs nothing of it.
    if (isSet(zone.props, "vpcs")) return;
    if (stack.referring("aws:route53/queryLog:QueryLog", "zoneId", zone).length === 0) {
      report({ property: "(query log)", found: "nothing", required: "a QueryLog" });
    }
  },
});
