import type { WebAclArgs } from "@pulumi/aws/wafv2/index.js";

import { show } from "../../../core/finding.ts";
import { WAF } from "../../../standards/waf.ts";
import { isSet } from "../../lib/is-set.ts";
import { stackRule } from "../../lib/rule.ts";

type Args = Pick<WebAclArgs, "ruleJson" | "rules" | "scope" | "visibilityConfig">;

export const wafHasRulesAndLogs = stackRule<Args>({
  name: "waf-has-rules-and-logs",
  description:
    "Web ACLs hold AWS' rules against common attacks and known bad inputs, at the edge also a rate, are seen in metrics and log what they judged.",
  severity: "medium",
  checklist: ["SEC-05", "SEC-06", "SEC-08"],
  url: "https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html",
  remediation:
    "Add the managed groups, a rateBasedStatement, visibilityConfig.cloudwatchMetricsEnabled and a WebAclLoggingConfiguration.",
  type: "aws:wafv2/webAcl:WebAcl",
  check(webAcl, stack, report) {
    const { rules = [], ruleJson, scope, visibilityConfig } = webAcl.props;
    const groups = rules.map(({ statement }) => statement.managedRuleGroupStatement?.name ?? "");
    for (const group of WAF.requiredManagedGroups) {
      // Rules as JSON are one text: the group's name stands in it.
      if (groups.includes(group) || ruleJson?.includes(`"${group}"`) === true) continue;
      report({ property: "rules", found: `no ${group}`, required: group });
    }
    // Behind the edge all requests come from the edge's own addresses, and counting them would shut everybody out.
    const rated =
      rules.some(({ statement }) => isSet(statement, "rateBasedStatement")) ||
      ruleJson?.includes('"RateBasedStatement"') === true;
    if (scope === "CLOUDFRONT" && !rated)
      report({ property: "rules", found: "no rate", required: "a rateBasedStatement" });
    if (!visibilityConfig.cloudwatchMetricsEnabled) {
      report({
        property: "visibilityConfig.cloudwatchMetricsEnabled",
        found: show(visibilityConfig.cloudwatchMetricsEnabled),
        required: "true",
      });
    }
    if (
      stack.referring("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", "resourceArn", webAcl)
        .length === 0
    ) {
      report({ property: "(logs)", found: "nothing", required: "a WebAclLoggingConfiguration" });
    }
  },
});
