import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

import type { StackConfig } from "../config/schema.ts";

export interface PolicyGuardArgs {
  /** What is deployed. Its hash is part of the question, so that an answer kept in the state cannot pass for a new one. */
  readonly config: StackConfig;
  /** Why this one run may go without the pack; undefined: it may not. It is shown with every run that uses it. */
  readonly bypassReason: string | undefined;
}

const REMEDY =
  "Deployments of production are judged: start them with\n" +
  "  npm run up -- <environment>\n" +
  "which runs pulumi up --policy-pack policies. With --target or --exclude, add the guard's URN to the targets.\n" +
  "To deploy without being judged all the same, say why, for this one run:\n" +
  '  PREFLIGHT_UP_WITHOUT_POLICIES="<reason>" pulumi up\n';

/**
 * Ends an `up` of a production environment that no policy pack judges, before anything else is registered.
 * The pack proves its presence by a remediation of the question (its rule `policy-pack-attached`). A preview and
 * environments of the standard profile are warned only. Await it before the first resource.
 */
export async function requirePolicyPack({ config, bypassReason }: PolicyGuardArgs): Promise<void> {
  const mark = createHash("sha256").update(JSON.stringify(config)).digest("hex").slice(0, 16);
  const guard = new pulumi.Stash("policy-guard", { input: `absent:${mark}` });
  const attached = guard.input.apply((answer) => answer === `present:${mark}`);
  if (pulumi.runtime.isDryRun()) {
    // Unknown answers never arrive in a preview, so nothing waits for them.
    attached.apply(async (present) => {
      if (!present) await pulumi.log.warn(`No policy pack judges this preview.\n${REMEDY}`);
    });
    return;
  }
  if (
    await new Promise<boolean>((resolve) => {
      attached.apply(resolve);
    })
  )
    return;
  if (bypassReason !== undefined) {
    await pulumi.log.warn(
      `No policy pack judges this deployment of ${config.environment.name}. The reason given: ${bypassReason}`,
    );
  } else if (config.environment.profile === "production") {
    throw new pulumi.RunError(
      `No policy pack judges this deployment of ${config.environment.name}; nothing was registered.\n${REMEDY}`,
    );
  } else {
    await pulumi.log.warn(`No policy pack judges this deployment of ${config.environment.name}.\n${REMEDY}`);
  }
}
