import * as z from "zod";

import { ACCESS } from "../../standards/access.ts";
import { defineBlock } from "../block.ts";
import { logRetentionDays, text, wholeNumber } from "../types.ts";

const schema = z.strictObject({
  runner: z.strictObject({
    repositoryUrl: text(
      /^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\.git$/,
      'an address as "https://github.com/acme/preflight.git"',
      "Repository whose workflows may run inside the network; no other repository's jobs are taken.",
    ),
    connectionArn: text(
      /^arn:aws:(codeconnections|codestar-connections):[a-z0-9-]+:\d{12}:connection\/[\w-]+$/,
      'a connection\'s ARN, for instance "arn:aws:codeconnections:eu-west-1:111122223333:connection/…"',
      "The account's connection to GitHub, approved once by a person in the console.",
    ),
    computeType: z.enum(["BUILD_GENERAL1_SMALL", "BUILD_GENERAL1_MEDIUM", "BUILD_GENERAL1_LARGE"]).meta({
      description: "Size of a runner: SMALL has 4 GiB, MEDIUM 8 GiB, LARGE 16 GiB of memory.",
    }),
    timeoutMinutes: wholeNumber(
      { min: ACCESS.awsMinRunnerTimeoutMinutes, max: ACCESS.maxRunnerTimeoutMinutes, unit: "minutes" },
      "A job is ended after so long.",
    ),
    concurrentJobs: wholeNumber(
      { min: 1, max: ACCESS.maxConcurrentRunners, unit: "jobs" },
      "Jobs that may run at once.",
    ),
    logRetentionDays: logRetentionDays("Days for which the jobs' logs are kept."),
  }),
  sessions: z.strictObject({
    preferences: z.enum(["stack", "existing"]).meta({
      description:
        "Session Manager's preferences of account and region, of which there is one document: stack makes it, existing leaves alone what somebody saved before (AWS would refuse a second one).",
    }),
    logRetentionDays: logRetentionDays("Days for which records of people's sessions are kept."),
  }),
});

export const accessBlock = defineBlock({ schema });

export type AccessSettings = z.output<typeof schema>;
