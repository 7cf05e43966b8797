import { keyAlias } from "../../../core/names.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { askNetworks, hasBegun } from "../ours.ts";
import { refusalOf, valueOf } from "../outcome.ts";
import { regionsOf } from "./regions.ts";

/** Aliases of keys that an earlier environment left: a kept key keeps its alias, also while it waits for its end. */
export const keptKeysCheck = defineCheck({
  id: "kept-keys",
  subject: "Left by an earlier environment",
  source: "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
  gather: async ({ config }, { ask }) => {
    const { environment } = config;
    const networks = await askNetworks(ask, environment);
    const regions = await Promise.all(
      Array.from(regionsOf(config).keys(), async (region) => ({
        region,
        aliases: await ask("kms:ListAliases", {}, region),
      })),
    );
    const keys = await Promise.all(
      regions.flatMap(({ region, aliases }) =>
        (valueOf(aliases)?.Aliases ?? [])
          .filter(({ AliasName }) => AliasName?.startsWith(keyAlias(environment, "")))
          .map(async ({ AliasName = "", TargetKeyId }) => ({
            region,
            alias: AliasName,
            key: TargetKeyId === undefined ? undefined : await ask("kms:DescribeKey", { KeyId: TargetKeyId }, region),
          })),
      ),
    );
    return { networks, regions, keys };
  },
  judge: ({ config: { environment } }, { networks, regions, keys }): readonly Line[] => {
    const part = { what: "Aliases of keys", needed: "free, or in use by this environment" };
    const refusal = refusalOf(
      networks,
      ...regions.map(({ aliases }) => aliases),
      ...keys.flatMap(({ key }) => key ?? []),
    );
    if (refusal !== undefined) return [unasked(part, refusal)];
    const ending = keys.filter(
      ({ key }) => key !== undefined && valueOf(key)?.KeyMetadata?.KeyState === "PendingDeletion",
    );
    const name = ({ alias, region }: (typeof keys)[number]) => `${alias} (${region})`;
    if (ending.length > 0) {
      return [
        blocks(
          part,
          `keys that wait for their deletion: ${ending.map(name).join(", ")}`,
          "Whatever they encrypted is lost with them: aws kms cancel-key-deletion and enable-key, then import; or aws kms delete-alias.",
        ),
      ];
    }
    if (keys.length === 0) return [ok(part, "all free")];
    if (hasBegun(environment, networks) === true) return [ok(part, `${keys.length} in use`)];
    return [
      blocks(
        part,
        `taken: ${keys.map(name).join(", ")}`,
        "Import the keys with their aliases if data depends on them, or delete the aliases (aws kms delete-alias).",
      ),
    ];
  },
});
