import type { Line } from "../check.ts";
import { defineCheck, unasked } from "../check.ts";
import { judgeOnce } from "../once.ts";
import { isOurs } from "../ours.ts";
import { refusalOf, valueOf } from "../outcome.ts";

/** GuardDuty: a region has one detector. */
export const detectorCheck = defineCheck({
  id: "guardduty",
  subject: "Once an account or region",
  source: "https://docs.aws.amazon.com/guardduty/latest/APIReference/API_CreateDetector.html",
  gather: async ({ config: { environment } }, { ask }) => {
    const detectors = await ask("guardduty:ListDetectors", {}, environment.region);
    const id = valueOf(detectors)?.DetectorIds[0];
    const detector =
      id === undefined ? undefined : await ask("guardduty:GetDetector", { DetectorId: id }, environment.region);
    return { detectors, id, detector };
  },
  judge: ({ config: { audit, environment } }, { detectors, id, detector }): readonly Line[] => {
    const what = "GuardDuty's detector";
    const refusal = refusalOf(detectors, ...(detector === undefined ? [] : [detector]));
    if (refusal !== undefined) return [unasked({ what, needed: "none yet, or this environment's" }, refusal)];
    return [
      judgeOnce({
        what,
        managedBy: audit.guardDuty.managedBy,
        key: "audit.guardDuty",
        found: id === undefined ? undefined : `detector ${id}`,
        ours: detector !== undefined && isOurs(environment, valueOf(detector)?.Tags),
        otherwise: "BadRequest: a detector already exists",
      }),
    ];
  },
});
