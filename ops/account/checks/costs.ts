import type { StackConfig } from "../../../config/schema.ts";
import { nameOf } from "../../../core/names.ts";
import { NOTIFY } from "../../../standards/notify.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, valueOf } from "../outcome.ts";

/** The day before a day, both as year-month-day. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

const SWITCH_ON = "Open Cost Explorer once in the billing console of the account that pays: it is ready after a day.";

/** Cost Explorer says that it is off as if a right were missing. */
const isOff = (answer: OutcomeOf<"ce:GetCostAndUsage">) =>
  answer.kind === "absent" || (answer.kind === "denied" && /not enabled/i.test(answer.message));

function judgeExplorer(answer: OutcomeOf<"ce:GetCostAndUsage">): Line {
  const part = { what: "Cost Explorer", needed: "switched on" };
  if (isOff(answer)) return blocks(part, "off", SWITCH_ON);
  return isRefusal(answer) ? unasked(part, answer) : ok(part, "on");
}

function judgeMonitor({ budget, environment }: StackConfig, answer: OutcomeOf<"ce:GetAnomalyMonitors">): Line {
  const wanted = budget.anomalyMonitorArn;
  const part = {
    what: "Anomaly monitor by service",
    needed: wanted === null ? "none yet, or this environment's" : `${wanted} exists`,
  };
  if (isRefusal(answer)) return unasked(part, answer);
  const monitors = valueOf(answer)?.AnomalyMonitors ?? [];
  if (wanted !== null) {
    return monitors.some(({ MonitorArn }) => MonitorArn === wanted)
      ? ok(part, "exists")
      : blocks(part, "no such monitor", "Set budget.anomalyMonitorArn to the account's own, or to null to make one.");
  }
  const existing = monitors.find(({ MonitorDimension }) => MonitorDimension === "SERVICE");
  if (existing === undefined) return ok(part, "none yet");
  const name = existing.MonitorName ?? "unnamed";
  if (name.startsWith(nameOf(environment))) return ok(part, `${name}, this environment's`);
  return blocks(
    part,
    `${name}: an account has one`,
    `Set budget.anomalyMonitorArn to ${existing.MonitorArn ?? "its ARN"}; newer accounts are born with one.`,
  );
}

interface Answers {
  readonly costs: OutcomeOf<"ce:GetCostAndUsage">;
  readonly monitors: OutcomeOf<"ce:GetAnomalyMonitors">;
}

/** Cost Explorer, and the account's one monitor by service. AWS charges a cent for each request to this API. */
export const costsCheck = defineCheck({
  id: "costs",
  subject: "Costs",
  source: "https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html",
  gather: async ({ today }, { ask }): Promise<Answers> => {
    const [costs, monitors] = await Promise.all([
      ask(
        "ce:GetCostAndUsage",
        { TimePeriod: { Start: dayBefore(today), End: today }, Granularity: "DAILY", Metrics: ["UnblendedCost"] },
        NOTIFY.globalRegion,
      ),
      ask("ce:GetAnomalyMonitors", {}, NOTIFY.globalRegion),
    ]);
    return { costs, monitors };
  },
  judge: ({ config }, { costs, monitors }) => [judgeExplorer(costs), judgeMonitor(config, monitors)],
});
