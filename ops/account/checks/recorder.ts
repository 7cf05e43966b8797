import type { Line } from "../check.ts";
import { defineCheck, unasked } from "../check.ts";
import { judgeOnce } from "../once.ts";
import { askNetworks, hasBegun, isOurs } from "../ours.ts";
import { refusalOf, valueOf } from "../outcome.ts";

/** AWS Config's recorder and its channel: a region has one of each. Neither has tags; the recorder's role has. */
export const recorderCheck = defineCheck({
  id: "config-recorder",
  subject: "Once an account or region",
  source: "https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html",
  gather: async ({ config: { environment } }, { ask }) => {
    const { region } = environment;
    const [recorders, channels, networks] = await Promise.all([
      ask("config:DescribeConfigurationRecorders", {}, region),
      ask("config:DescribeDeliveryChannels", {}, region),
      askNetworks(ask, environment),
    ]);
    const roleName = valueOf(recorders)?.ConfigurationRecorders?.[0]?.roleARN?.split("/").at(-1);
    const role = roleName === undefined ? undefined : await ask("iam:GetRole", { RoleName: roleName }, region);
    return { recorders, channels, networks, role };
  },
  judge: ({ config: { audit, environment } }, { recorders, channels, networks, role }): readonly Line[] => {
    const what = "AWS Config's recorder";
    const refusal = refusalOf(recorders, channels, networks);
    if (refusal !== undefined) return [unasked({ what, needed: "none yet, or this environment's" }, refusal)];
    const names = [
      ...(valueOf(recorders)?.ConfigurationRecorders ?? []).map(({ name }) => `recorder ${name ?? "unnamed"}`),
      ...(valueOf(channels)?.DeliveryChannels ?? []).map(({ name }) => `channel ${name ?? "unnamed"}`),
    ];
    const tagged = role !== undefined && isOurs(environment, valueOf(role)?.Role?.Tags);
    return [
      judgeOnce({
        what,
        managedBy: audit.configRecorder.managedBy,
        key: "audit.configRecorder",
        found: names.length === 0 ? undefined : names.join(", "),
        ours: tagged && hasBegun(environment, networks) === true,
        otherwise: "MaxNumberOfConfigurationRecordersExceeded",
      }),
    ];
  },
});
