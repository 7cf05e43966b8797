import type { StackConfig } from "../../../config/schema.ts";
import { secretPath } from "../../../core/names.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { askNetworks, hasBegun } from "../ours.ts";
import { refusalOf, valueOf } from "../outcome.ts";

/** Names of every secret that the program makes. */
export function secretsOf({ environment, secrets }: StackConfig): readonly string[] {
  return [
    ...secrets.catalogue.map(({ namespace, name }) => secretPath.inNamespace(environment, namespace, name)),
    secretPath.platform(environment, "origin-header"),
  ].toSorted();
}

function judgeSecrets(config: StackConfig, answer: OutcomeOf<"secretsmanager:ListSecrets">, begun: boolean): Line {
  const wanted = secretsOf(config);
  const part = { what: "Names of secrets", needed: "free, or in use by this environment" };
  const list = valueOf(answer)?.SecretList ?? [];
  const ours = list.filter(({ Name = "" }) => wanted.includes(Name));
  const deleted = ours
    .filter(({ DeletedDate }) => DeletedDate !== undefined)
    .flatMap(({ Name }) => Name ?? [])
    .toSorted();
  if (deleted.length > 0) {
    return blocks(
      part,
      `in their recovery window: ${deleted.join(", ")}`,
      "Call each back and import it (aws secretsmanager restore-secret --secret-id <name>), or end it (delete-secret --force-delete-without-recovery): the name is taken until then.",
    );
  }
  if (ours.length === 0) return ok(part, "all free");
  if (begun) return ok(part, `${ours.length} in use`);
  const names = ours.flatMap(({ Name }) => Name ?? []).toSorted();
  return blocks(
    part,
    `taken: ${names.join(", ")}`,
    "An earlier environment left them: import them before the first up (pulumi import aws:secretsmanager/secret:Secret), or delete them.",
  );
}

/** Secrets that were deleted keep their names for days. */
export const keptSecretsCheck = defineCheck({
  id: "kept-secrets",
  subject: "Left by an earlier environment",
  source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
  gather: async ({ config: { environment } }, { ask }) => {
    const [secrets, networks] = await Promise.all([
      ask(
        "secretsmanager:ListSecrets",
        { IncludePlannedDeletion: true, Filters: [{ Key: "name", Values: [secretPath.all(environment)] }] },
        environment.region,
      ),
      askNetworks(ask, environment),
    ]);
    return { secrets, networks };
  },
  judge: ({ config }, { secrets, networks }) => {
    const refusal = refusalOf(secrets, networks);
    const part = { what: "Names of secrets", needed: "free, or in use by this environment" };
    return [
      refusal === undefined
        ? judgeSecrets(config, secrets, hasBegun(config.environment, networks) === true)
        : unasked(part, refusal),
    ];
  },
});
