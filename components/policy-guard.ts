import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

import type { StackConfig } from "../config/schema.ts";
import { strictnessNote } from "../standards/strictness.ts";

export interface PolicyGuardArgs {
  /** What is deployed. Its hash is part of the question, so that an answer kept in the state cannot pass for a new one. */
  readonly config: StackConfig;
  /** Why this one run may go without the pack; undefined: it may not. It is shown with every run that uses it. */
  readonly bypassReason: string | undefined;
  /** Whether the CLI was started with the pack as the default of every command, as .envrc and the npm commands do. */
  readonly packByDefault: boolean;
}

/** What to do; the guard's address is for the one case in which the engine cannot answer. */
const remedy = () =>
  "In the project's folder, load .envrc (direnv, or: . ./.envrc) and type the same command again, or start it with\n" +
  "  npm run up -- <environment> [flags]         or, for every other command,\n" +
  "  npm run pulumi -- <command and its flags>\n" +
  "An environment's very first run, if it has --target or --exclude, needs the guard among its targets:\n" +
  `  --target 'urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::pulumi:index:Stash::policy-guard'\n` +
  "To deploy without being judged all the same, say why, for this one run:\n" +
  '  PREFLIGHT_UP_WITHOUT_POLICIES="<reason>" pulumi up\n';

/** What the engine did with the question. */
type Answer =
  /** The pack judges the run. */
  | "judged"
  /** The engine took the question as it is: it makes what the program says, and nothing judges it. */
  | "unjudged"
  /** The question was not taken at all, and what the state holds came back, if anything: refresh and destroy with
   * --run-program, which judge nothing and make nothing; and runs that leave the guard out (--target, --exclude). */
  | "not asked";

/**
 * Ends an `up` of a production environment that no policy pack judges, before anything else is registered.
 * The pack proves its presence by a remediation of the question (its rule `policy-pack-attached`). Where the engine does
 * not put the question, the pack must be the default of every command. A preview and environments of the standard
 * profile are warned only. Await it before the first resource.
 */
export async function requirePolicyPack({ config, bypassReason, packByDefault }: PolicyGuardArgs): Promise<void> {
  const { name, profile } = config.environment;
  const note = strictnessNote(name);
  if (note !== undefined) await pulumi.log.warn(note);
  const asked = { config, packByDefault, bypassed: bypassReason !== undefined };
  const mark = createHash("sha256").update(JSON.stringify(asked)).digest("hex").slice(0, 16);
  const guard = new pulumi.Stash("policy-guard", { input: `absent:${mark}` });
  const answered = guard.input.apply((answer): Answer => {
    if (answer === `present:${mark}`) return "judged";
    return answer === `absent:${mark}` ? "unjudged" : "not asked";
  });
  const isJudged = (answer: Answer) => answer === "judged" || (answer === "not asked" && packByDefault);
  if (pulumi.runtime.isDryRun()) {
    // Unknown answers never arrive in a preview, so nothing waits for them.
    answered.apply(async (answer) => {
      if (!isJudged(answer)) await pulumi.log.warn(`No policy pack judges this preview.\n${remedy()}`);
    });
    return;
  }
  const answer = await new Promise<Answer>((resolve) => {
    answered.apply(resolve);
  });
  if (isJudged(answer)) return;
  const found = `No policy pack judges this run of ${name}`;
  if (bypassReason !== undefined) await pulumi.log.warn(`${found}. The reason given: ${bypassReason}`);
  else if (profile === "production") throw new pulumi.RunError(`${found}; nothing was registered.\n${remedy()}`);
  else await pulumi.log.warn(`${found}.\n${remedy()}`);
}
