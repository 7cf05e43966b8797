import * as z from "zod";

import { FLAGS } from "../../standards/flags.ts";
import { defineBlock } from "../block.ts";
import type { ReportProblem } from "../problems/problem.ts";
import { mustBeUnique, valuesAt } from "../problems/references.ts";
import { emailAddress, flag, slug, text, wholeNumber } from "../types.ts";

const entry = z.strictObject({
  name: text(
    /^[a-z][a-zA-Z\d]{0,63}$/,
    'letters and digits, a small letter first, for instance "newCheckout"',
    "The flag's name in programs.",
  ),
  description: z.string().min(10).max(300).meta({ description: "What changes when it is on, in one sentence." }),
  owner: emailAddress("Who decides about it, and takes it out of the programs in time."),
  kind: z.enum(["release", "experiment", "operational"]).meta({
    description: "release and experiment end; operational ones are switches for bad days and may stay.",
  }),
  expires: text(
    /^\d{4}-\d{2}-\d{2}$/,
    'a date, for instance "2027-03-31"',
    "By when it is taken out of the programs; null for operational ones that stay.",
  ).nullable(),
  enabled: flag("Whether it is on in this environment."),
});

const schema = z.strictObject({
  deploymentMinutes: wholeNumber(
    { min: FLAGS.minDeploymentMinutes, max: FLAGS.awsMaxMinutes, unit: "minutes" },
    "Time over which a change reaches everyone, in equal steps.",
  ),
  growthPercent: wholeNumber(
    { min: 1, max: FLAGS.maxGrowthPercent, unit: "percent" },
    "Share of the clients that each step adds.",
  ),
  bakeMinutes: wholeNumber(
    { min: FLAGS.minBakeMinutes, max: FLAGS.awsMaxMinutes, unit: "minutes" },
    "Time for which alarms can still take a finished change back.",
  ),
  incidentId: text(
    /^[A-Z]+-\d+$/,
    'an incident\'s id, for instance "INC-123"',
    `The incident because of which ${FLAGS.mockFlag} is on in production; null otherwise.`,
  ).nullable(),
  rollbackQueues: z.array(slug("A queue of the queue block.")).max(FLAGS.awsMaxMonitors).meta({
    description: "Queues whose standing still takes a change back while it is being rolled out.",
  }),
  flags: z.array(entry).min(1).meta({ description: "Every switch of the programs." }),
});

export type FlagsSettings = z.output<typeof schema>;

/** Whether the calendar has that day: 30 February has the form of a date, and a Date takes it for 2 March. */
function isDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

function checkEntries({ flags }: FlagsSettings, report: ReportProblem): void {
  const names = flags.map(({ name }) => name);
  mustBeUnique(valuesAt(["flags"], names, "name"), "Remove one of the two.", report);
  for (const [position, { kind, expires }] of flags.entries()) {
    const path = ["flags", position];
    if (expires === null && kind !== "operational") {
      report({
        path: [...path, "expires"],
        found: `null for the kind ${kind}`,
        allowed: "a date; only operational flags may stay",
        fix: "Say by when the flag is taken out of the programs: forgotten flags are code that nobody tests.",
      });
    }
    if (expires !== null && !isDate(expires)) {
      report({
        path: [...path, "expires"],
        found: `"${expires}"`,
        allowed: "a day of the calendar, as year-month-day",
        fix: "Correct the date.",
      });
    }
  }
}

/** Made-up answers in production hide an outage from everybody: only a known incident may ask for them. */
function checkMock({ flags, incidentId }: FlagsSettings, report: ReportProblem, production: boolean): void {
  const position = flags.findIndex(({ name }) => name === FLAGS.mockFlag);
  const mock = flags[position];
  if (mock === undefined) {
    report({
      path: ["flags"],
      found: `no flag "${FLAGS.mockFlag}"`,
      allowed: `the operational flag "${FLAGS.mockFlag}"`,
      fix: "Add it, switched off: when an outside service is down, there is no time to build the switch.",
    });
    return;
  }
  if (mock.kind !== "operational") {
    report({
      path: ["flags", position, "kind"],
      found: mock.kind,
      allowed: "operational",
      fix: "It is a switch for bad days and stays.",
    });
  }
  if (!production) return;
  if (mock.enabled && incidentId === null) {
    report({
      path: ["flags", position, "enabled"],
      found: "true without an incident",
      allowed: "false in production, or true with flags.incidentId",
      fix: "Open an incident and name it in flags.incidentId; switch both back when it is over.",
    });
  }
  if (!mock.enabled && incidentId !== null) {
    report({
      path: ["incidentId"],
      found: `"${incidentId}"`,
      allowed: `null while ${FLAGS.mockFlag} is off`,
      fix: "The incident is over: set it to null.",
    });
  }
}

export const flagsBlock = defineBlock({
  schema,
  check(settings, report, profile) {
    checkEntries(settings, report);
    checkMock(settings, report, profile === "production");
  },
});
