import * as z from "zod";

import { SECRETS } from "../../standards/secrets.ts";
import type { Profile } from "../block.ts";
import { defineBlock } from "../block.ts";
import { checkSecretNames } from "../checks/reserved-names.ts";
import type { ReportProblem } from "../problems/problem.ts";
import { mustBeUnique, valuesAt } from "../problems/references.ts";
import { emailAddress, logRetentionDays, slug, wholeNumber } from "../types.ts";

const entry = z.strictObject({
  name: slug("The secret's name, unique in the catalogue; a Redis user has the same name."),
  namespace: slug("Namespace of the pods that read it; its role may read nothing else.", 63),
  purpose: z
    .enum([...SECRETS.requiredPurposes, "other"])
    .meta({ description: "What it opens; production needs one of each but other. A tag." }),
  kind: z.enum(["random", "redisUser", "manual"]).meta({
    description:
      "random and redisUser are made and rotated by us: random as a current, a next and a previous value, of which all three are accepted, redisUser as a login; the value of manual comes from elsewhere and is put in by a person.",
  }),
  owner: emailAddress("Who answers for it and renews it when it is manual; a tag."),
  consumers: z
    .array(slug("A program that reads it.", 63))
    .min(1)
    .meta({ description: "Programs that read it; they open its file again when they need it. A tag." }),
  description: z
    .string()
    .min(10)
    .max(200)
    .meta({ description: "What it is for, in one sentence; shown in the console." }),
  rotationDays: wholeNumber(
    { min: SECRETS.minRotationDays, max: SECRETS.maxRotationDays, unit: "days" },
    "Days after which it gets a new value; for manual ones, after which an alarm reminds.",
  ),
  lengthChars: z.int().min(SECRETS.minLengthChars).max(SECRETS.maxLengthChars).nullable().meta({
    description: "Characters of the values that we make; null for manual.",
    unit: "characters",
  }),
});

const schema = z.strictObject({
  recoveryWindowDays: wholeNumber(
    { min: SECRETS.minRecoveryWindowDays, max: SECRETS.awsMaxRecoveryWindowDays, unit: "days" },
    "Days for which a deleted secret can be called back.",
  ),
  rotationLogRetentionDays: logRetentionDays(
    "Days for which the logs of the functions are kept that rotate secrets and measure their age.",
  ),
  catalogue: z
    .array(entry)
    .min(1)
    .meta({ description: "Every secret of the environment but those which AWS' services keep for themselves." }),
});

export type SecretsSettings = z.output<typeof schema>;
export type SecretEntry = z.output<typeof entry>;

function checkEntry(secret: SecretEntry, position: number, report: ReportProblem, profile: Profile): void {
  const path = ["catalogue", position];
  const limits = SECRETS.maxRotationDaysByProfile[profile];
  const ceiling = secret.kind === "redisUser" ? limits.dataStore : limits.other;
  if (secret.rotationDays > ceiling) {
    report({
      path: [...path, "rotationDays"],
      found: String(secret.rotationDays),
      allowed: `at most ${ceiling} (days) for the kind ${secret.kind} with the profile ${profile}`,
      fix: "Rotate it more often; the ceiling is in standards/secrets.ts.",
    });
  }
  if ((secret.kind === "manual") !== (secret.lengthChars === null)) {
    report({
      path: [...path, "lengthChars"],
      found: String(secret.lengthChars),
      allowed:
        secret.kind === "manual"
          ? "null for the kind manual"
          : `${SECRETS.minLengthChars} to ${SECRETS.maxLengthChars} (characters)`,
      fix: "Give a length exactly to the secrets that we make.",
    });
  }
  const consumersChars = secret.consumers.join(" ").length;
  if (consumersChars > SECRETS.awsMaxTagChars) {
    report({
      path: [...path, "consumers"],
      found: `${consumersChars} characters with their spaces`,
      allowed: `at most ${SECRETS.awsMaxTagChars} (characters): they stand in one tag`,
      fix: "Give programs that have so little in common secrets of their own.",
    });
  }
  if ((secret.kind === "redisUser") !== (secret.purpose === "cachePassword")) {
    report({
      path: [...path, "purpose"],
      found: `${secret.purpose} with the kind ${secret.kind}`,
      allowed: "cachePassword exactly with the kind redisUser",
      fix: "The passwords of the cache's users are made for its access control: set both fields.",
    });
  }
}

/** A name stands for one secret in outputs, tags and access rules, whatever its namespace. */
function checkNames({ catalogue }: SecretsSettings, report: ReportProblem): void {
  const names = catalogue.map(({ name }) => name);
  mustBeUnique(
    valuesAt(["catalogue"], names, "name"),
    "Rename one of the two, for instance after its consumer: a name is used once in all namespaces.",
    report,
  );
}

function checkComplete({ catalogue }: SecretsSettings, report: ReportProblem): void {
  for (const purpose of SECRETS.requiredPurposes) {
    if (catalogue.some((secret) => secret.purpose === purpose)) continue;
    report({
      path: ["catalogue"],
      found: `no secret with the purpose ${purpose}`,
      allowed: `at least one for each of ${SECRETS.requiredPurposes.join(", ")} in production`,
      fix: "Add the entry: what is not in the catalogue ends up in a file.",
    });
  }
}

export const secretsBlock = defineBlock({
  schema,
  check(secrets, report, profile) {
    for (const [position, secret] of secrets.catalogue.entries()) checkEntry(secret, position, report, profile);
    checkNames(secrets, report);
    checkSecretNames(secrets.catalogue, report);
    if (profile === "production") checkComplete(secrets, report);
  },
});
