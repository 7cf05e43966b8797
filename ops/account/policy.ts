import type { StackConfig } from "../../config/schema.ts";
import { nameOf } from "../../core/names.ts";
import type { Holder } from "./calls/call.ts";
import { CALLS } from "./calls/table.ts";
import type { Line } from "./check.ts";
import { regionsOf } from "./checks/regions.ts";

/** A statement of an IAM policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

/** Whose account and which names rights are for. */
export function holderOf(config: StackConfig): Holder {
  const { environment } = config;
  return {
    accountId: environment.accountId,
    region: environment.region,
    regions: [...regionsOf(config).keys()],
    name: nameOf(environment),
  };
}

/** Rights as a policy: actions with the same resources are one statement; everything sorted. */
export function policyOf(
  rights: readonly { readonly action: string; readonly resources: readonly string[] }[],
): Policy {
  const groups = Map.groupBy(rights, ({ resources }) => JSON.stringify(resources.toSorted()));
  const statements = [...groups.values()].map((members) => ({
    actions: [...new Set(members.map(({ action }) => action))].toSorted(),
    resources: [...new Set(members.flatMap(({ resources }) => resources))].toSorted(),
  }));
  return {
    Version: "2012-10-17",
    Statement: statements
      .toSorted((a, b) => ((a.actions[0] ?? "") < (b.actions[0] ?? "") ? -1 : 1))
      .map(({ actions, resources }) => ({
        Sid: sidOf(actions, resources),
        Effect: "Allow" as const,
        Action: actions,
        Resource: resources,
      })),
  };
}

/** What a statement is called, letters and digits only: its first action, which no other statement has. */
function sidOf([first = ""]: readonly string[], resources: readonly string[]): string {
  if (resources.includes("*")) return "WithoutResources";
  const words = first.split(/[^A-Za-z0-9]/).map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return words.join("");
}

/** Everything that the check of an environment may ask, and nothing else. */
export function wholePolicy(config: StackConfig): Policy {
  const holder = holderOf(config);
  return policyOf(Object.entries(CALLS).map(([action, { resources }]) => ({ action, resources: resources(holder) })));
}

/** What was missing; undefined when nothing was. */
export function missingPolicy(lines: readonly Line[]): Policy | undefined {
  const rights = lines.flatMap(({ right }) => right ?? []);
  return rights.length === 0 ? undefined : policyOf(rights);
}
