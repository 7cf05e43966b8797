import type { Line } from "../check.ts";
import { defineCheck, unasked } from "../check.ts";
import { judgeOnce } from "../once.ts";
import { isOurs } from "../ours.ts";
import { refusalOf, valueOf } from "../outcome.ts";

/** IAM Access Analyzer: a region has one of the account for access from outside. */
export const analyzerCheck = defineCheck({
  id: "access-analyzer",
  subject: "Once an account or region",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html",
  gather: ({ config: { audit, environment } }, { ask }) =>
    ask(
      "access-analyzer:ListAnalyzers",
      // An organisation's analyzer is seen in its own account alone.
      audit.accessAnalyzer.managedBy === "stack" ? { type: "ACCOUNT" } : {},
      environment.region,
    ),
  judge: ({ config: { audit, environment } }, analyzers): readonly Line[] => {
    const what = "Access Analyzer";
    const refusal = refusalOf(analyzers);
    if (refusal !== undefined) return [unasked({ what, needed: "none yet, or this environment's" }, refusal)];
    if (audit.accessAnalyzer.managedBy === "organisation") return [];
    const [first] = valueOf(analyzers)?.analyzers ?? [];
    return [
      judgeOnce({
        what,
        managedBy: "stack",
        key: "audit.accessAnalyzer",
        found: first === undefined ? undefined : `analyzer ${first.name ?? "unnamed"}`,
        ours: isOurs(environment, first?.tags),
        otherwise: "ServiceQuotaExceededException",
      }),
    ];
  },
});
