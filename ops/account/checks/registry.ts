import type { StackConfig } from "../../../config/schema.ts";
import { repositoryName } from "../../../core/names.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, blocks, defineCheck, ok, unasked } from "../check.ts";
import { askNetworks, hasBegun } from "../ours.ts";
import { isRefusal, refusalOf, valueOf } from "../outcome.ts";

interface Settings {
  readonly policy: OutcomeOf<"ecr:GetRegistryPolicy">;
  readonly scanning: OutcomeOf<"ecr:GetRegistryScanningConfiguration">;
  readonly registry: OutcomeOf<"ecr:DescribeRegistry">;
}

/** Settings of the registry as a whole: there is one of each, and the program writes over what is there. */
function judgeSettings({ policy, scanning, registry }: Settings, begun: boolean): Line {
  const part = { what: "Settings of the registry", needed: "nobody else's" };
  const refusal = refusalOf(policy, scanning, registry);
  if (refusal !== undefined) return unasked(part, refusal);
  const found = [
    ...(policy.kind === "answer" ? ["a policy"] : []),
    ...((valueOf(scanning)?.scanningConfiguration?.rules?.length ?? 0) > 0 ? ["rules of scanning"] : []),
    ...((valueOf(registry)?.replicationConfiguration?.rules?.length ?? 0) > 0 ? ["rules of replication"] : []),
  ];
  if (found.length === 0) return ok(part, "none yet");
  if (begun) return ok(part, `${found.join(", ")}, since the environment has begun`);
  return advice(part, found.join(", "), "Ask whose they are: the first up writes its own over them.");
}

/** Repositories are kept on a teardown, and replication makes them in the receiving account before its first up. */
function judgeRepositories(config: StackConfig, answer: OutcomeOf<"ecr:DescribeRepositories">, begun: boolean): Line {
  const wanted = config.registry.repositories.map((repository) => repositoryName(config.environment, repository));
  const part = { what: "Repositories", needed: `${wanted.length} names, free before the first up` };
  if (isRefusal(answer)) return unasked(part, answer);
  const names = valueOf(answer)?.repositories.flatMap(({ repositoryName: name }) => name ?? []) ?? [];
  const taken = wanted.filter((name) => names.includes(name)).toSorted();
  if (taken.length === 0) return ok(part, "all free");
  if (begun) return ok(part, `${taken.length} exist, since the environment has begun`);
  return blocks(
    part,
    `taken: ${taken.join(", ")}`,
    "Replication or an earlier environment made them: delete them when they are empty, or import them (pulumi import aws:ecr/repository:Repository).",
  );
}

/** The account's registry of images. */
export const registryCheck = defineCheck({
  id: "registry",
  subject: "Once an account or region",
  source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry-settings.html",
  requirements: ["CLUS-10"],
  gather: async ({ config: { environment } }, { ask }) => {
    const { region } = environment;
    const [policy, scanning, registry, repositories, networks] = await Promise.all([
      ask("ecr:GetRegistryPolicy", {}, region),
      ask("ecr:GetRegistryScanningConfiguration", {}, region),
      ask("ecr:DescribeRegistry", {}, region),
      ask("ecr:DescribeRepositories", {}, region),
      askNetworks(ask, environment),
    ]);
    return { policy, scanning, registry, repositories, networks };
  },
  judge: ({ config }, { repositories, networks, ...settings }) => {
    const begun = hasBegun(config.environment, networks) === true;
    const unclear = refusalOf(networks);
    return [judgeSettings(settings, begun), judgeRepositories(config, unclear ?? repositories, begun)];
  },
});
