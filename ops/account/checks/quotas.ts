import type { Quota, QuotaName } from "../../../standards/quotas.ts";
import { QUOTAS } from "../../../standards/quotas.ts";
import type { Ask, OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, blocks, defineCheck, ok, unasked } from "../check.ts";
import { askInstanceTypes } from "../instances.ts";
import { isRefusal, valueOf } from "../outcome.ts";
import type { Need } from "../quota-needs.ts";
import { needsOf } from "../quota-needs.ts";
import type { Usage } from "../quota-usage.ts";
import { askUsage, usageOf } from "../quota-usage.ts";

/** What an account may have of a quota. A quota that was never raised may be known by its default alone. */
interface Limit {
  readonly quota: OutcomeOf<"servicequotas:GetServiceQuota">;
  readonly standard: OutcomeOf<"servicequotas:GetAWSDefaultServiceQuota"> | undefined;
}

const NAMES = Object.keys(QUOTAS).filter((name): name is QuotaName => name in QUOTAS);

async function askLimit({ service, code }: Quota, region: string, ask: Ask): Promise<Limit> {
  const asked = { ServiceCode: service, QuotaCode: code };
  const quota = await ask("servicequotas:GetServiceQuota", asked, region);
  return {
    quota,
    standard: quota.kind === "absent" ? await ask("servicequotas:GetAWSDefaultServiceQuota", asked, region) : undefined,
  };
}

function judgeQuota(quota: Quota, limit: Limit, need: Need | undefined, others: Usage[QuotaName] = 0): Line {
  const part = {
    what: quota.name,
    needed:
      need === undefined
        ? "cannot be said: a type of instance is unknown"
        : need.most > need.least
          ? `${need.least}; ${need.most} at full size`
          : `${need.least}`,
  };
  const outcome = limit.standard ?? limit.quota;
  if (isRefusal(outcome)) return unasked(part, outcome);
  if (typeof others !== "number") return unasked(part, others);
  const value = valueOf(outcome)?.Quota?.Value;
  if (need === undefined || value === undefined) {
    const found = value === undefined ? `no such quota (${quota.service} ${quota.code})` : String(value);
    return { ...part, found, verdict: "unknown", todo: "Look it up in the console of Service Quotas." };
  }
  const used = others > 0 ? `, ${others} taken by others` : "";
  const found = `${value}${limit.standard === undefined ? "" : " by default"}${used}`;
  const raise = (wanted: number) =>
    `aws service-quotas request-service-quota-increase --service-code ${quota.service} --quota-code ${quota.code} --desired-value ${wanted + others}`;
  const free = value - others;
  if (free < need.least) return blocks(part, found, `${raise(need.most)}; a person may look at it, for hours or days.`);
  return free < need.most ? advice(part, found, `It does not grow to full size: ${raise(need.most)}`) : ok(part, found);
}

/** The account's limits against what the environment takes, at its least and at full size, beside what others take. */
export const quotasCheck = defineCheck({
  id: "quotas",
  subject: "Quotas",
  source:
    "standards/quotas.ts; https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_GetServiceQuota.html",
  gather: async ({ config }, { ask }) => {
    const [limits, types, usage] = await Promise.all([
      Promise.all(
        NAMES.map(async (name) => [name, await askLimit(QUOTAS[name], config.environment.region, ask)] as const),
      ),
      askInstanceTypes(config, ask),
      askUsage(config, ask),
    ]);
    return { limits, types, usage };
  },
  judge: ({ config }, { limits, types, usage }) => {
    const needs = needsOf(config, vcpusBy(types));
    const others = usageOf(config, usage);
    return limits
      .filter(([name]) => needs[name] === undefined || needs[name].most > 0)
      .map(([name, limit]) => judgeQuota(QUOTAS[name], limit, needs[name], others[name]));
  },
});

function vcpusBy(types: OutcomeOf<"ec2:DescribeInstanceTypes">): (instanceType: string) => number | undefined {
  const known = valueOf(types)?.InstanceTypes ?? [];
  return (instanceType) => known.find(({ InstanceType }) => InstanceType === instanceType)?.VCpuInfo?.DefaultVCpus;
}
