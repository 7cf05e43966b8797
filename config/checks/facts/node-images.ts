import { NODE_IMAGES, newestNodeImage } from "../../../standards/facts/node-images.ts";
import { showValue } from "../../problems/problem.ts";
import type { Judgement } from "./objection.ts";
import { MOST_STEPS_AHEAD } from "./objection.ts";

const compact = (day: string) => day.replaceAll("-", "");
const dashed = (date: string) => `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`;

/** Whether eight digits are a day of the calendar. */
function isDay(date: string): boolean {
  const time = Date.parse(`${dashed(date)}T00:00:00Z`);
  return !Number.isNaN(time) && compact(new Date(time).toISOString().slice(0, 10)) === date;
}

/** The last number of a patch: 8 of "1.35.8". */
const patchNumber = (patch: string) => Number(patch.split(".")[2]);

/** Patches only go up with time: what one must be between that lie between two known releases. */
function patchesAround(patches: Readonly<Record<string, string>>, date: string): { from: number; to: number } {
  const known = Object.entries(patches).filter(([, patch]) => patch !== "");
  const before = known.findLast(([day]) => day < date);
  const after = known.find(([day]) => day > date);
  const from = before === undefined ? 0 : patchNumber(before[1]);
  return { from, to: after === undefined ? from + MOST_STEPS_AHEAD : patchNumber(after[1]) };
}

/** Why a release cannot exist; undefined where the table leaves it open, or has it. */
function contradiction(minor: string, patch: string, date: string): string | undefined {
  const { patches, abandoned } = NODE_IMAGES.minors[minor] ?? { patches: {}, abandoned: [] };
  if (!isDay(date)) return `and ${date} is no day`;
  if (abandoned.includes(date)) return "which AWS withdrew";
  const known = patches[date] ?? "";
  if (known === patch) return undefined;
  if (known !== "") return `but the release of ${dashed(date)} is ${known}-${date}`;
  if (patches[date] === undefined && date <= compact(NODE_IMAGES.changelogEnds) && NODE_IMAGES.minors[minor])
    return `and there was no release on ${dashed(date)}`;
  const { from, to } = patchesAround(patches, date);
  const number = patchNumber(patch);
  return NODE_IMAGES.minors[minor] === undefined || (number >= from && number <= to)
    ? undefined
    : `but on ${dashed(date)} the patch was ${minor}.${from}${to === from ? "" : ` or newer, ${minor}.${to} at most`}`;
}

/** Judges an AMI release such as "1.35.8-20260930" of a minor version; patch and date belong together. */
export function judgeNodeImage(minor: string, architecture: string, releaseVersion: string): Judgement {
  const [patch = "", date = ""] = releaseVersion.split("-");
  const parameter = `/aws/service/eks/optimized-ami/${minor}/amazon-linux-2023/${architecture}/standard/recommended/release_version`;
  const newest = newestNodeImage(minor);
  const allowed =
    newest === undefined
      ? `a release of Kubernetes ${minor}`
      : `a release that exists; the newest known is "${newest}"`;
  const ask = `aws ssm get-parameter --name ${parameter} --query Parameter.Value --output text`;
  const wrong = contradiction(minor, patch, date);
  if (wrong !== undefined) {
    const fix = `Take the one that AWS recommends: ${ask}`;
    return { certain: true, found: `${showValue(releaseVersion)}, ${wrong}`, allowed, fix };
  }
  if (NODE_IMAGES.minors[minor]?.patches[date] === patch) return undefined;
  return {
    certain: false,
    found: `${showValue(releaseVersion)}, which our table of ${NODE_IMAGES.asOf} does not have`,
    allowed,
    fix: `See whether it exists before the next deployment: ${ask}`,
  };
}
