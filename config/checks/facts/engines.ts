import { CACHE } from "../../../standards/cache.ts";
import { DATABASE } from "../../../standards/database.ts";
import { AURORA_POSTGRESQL } from "../../../standards/facts/aurora-postgresql.ts";
import { VALKEY } from "../../../standards/facts/valkey.ts";
import type { Judgement } from "./objection.ts";
import { MOST_STEPS_AHEAD } from "./objection.ts";

const GUIDE = "docs/guides/raise-a-version.md";
const minorOf = (release: string) => Number(release.split(".")[1]);
const quoted = (releases: readonly string[]) => releases.map((release) => `"${release}"`).join(", ");

/** Why a release of a major version that we know cannot be created; undefined where it can, or may. */
function auroraContradiction(release: string): string | undefined {
  const [major = ""] = release.split(".");
  const { offered = [], deprecated = [] } = AURORA_POSTGRESQL.majors[major] ?? {};
  if (deprecated.includes(release)) return "which can no longer be created";
  const ahead = minorOf(release) - minorOf(offered.at(-1) ?? release);
  if (offered.includes(release) || (ahead > 0 && ahead <= MOST_STEPS_AHEAD)) return undefined;
  return ahead > 0 ? `${ahead} releases after the newest that is known` : "which Aurora never had";
}

/** Judges a release of Aurora PostgreSQL. */
export function judgeAurora(release: string): Judgement {
  const [major = ""] = release.split(".");
  const majors: readonly string[] = DATABASE.majorVersions;
  const offered = majors.flatMap((its) => AURORA_POSTGRESQL.majors[its]?.offered ?? []);
  if (!majors.includes(major)) {
    return {
      certain: true,
      found: `"${release}", of another major version`,
      allowed: `releases of ${majors.join(", ")}: ${quoted(offered)}`,
      fix: `Follow ${GUIDE}: AWS takes another major version in steps that no change of this number makes.`,
    };
  }
  const wrong = auroraContradiction(release);
  if (wrong !== undefined) {
    const fix = `Take a release that is offered. Of an existing database AWS decides: ${GUIDE}.`;
    return { certain: true, found: `"${release}", ${wrong}`, allowed: `one of ${quoted(offered)}`, fix };
  }
  if (offered.includes(release)) return undefined;
  return {
    certain: false,
    found: `"${release}", which our table of ${AURORA_POSTGRESQL.asOf} does not have`,
    allowed: `a release that exists; the newest known is "${offered.findLast((its) => its.startsWith(`${major}.`)) ?? ""}"`,
    fix: `See whether the region offers it before the next deployment: aws rds describe-db-engine-versions --engine aurora-postgresql --engine-version ${release}`,
  };
}

/** Judges a release of Valkey. Only the newest major version still gets releases that the table may miss. */
export function judgeValkey(release: string): Judgement {
  const known = Object.keys(VALKEY.releases).filter((its) => Number(its.split(".")[0]) >= CACHE.minMajorVersion);
  if (known.includes(release)) return undefined;
  const newest = known.at(-1) ?? "";
  const ahead = release.split(".")[0] === newest.split(".")[0] ? minorOf(release) - minorOf(newest) : 0;
  if (ahead > 0 && ahead <= MOST_STEPS_AHEAD) {
    return {
      certain: false,
      found: `"${release}", which our table of ${VALKEY.asOf} does not have`,
      allowed: `a release that exists; the newest known is "${newest}"`,
      fix: `See whether the region offers it before the next deployment: aws elasticache describe-cache-engine-versions --engine valkey --engine-version ${release}`,
    };
  }
  return {
    certain: true,
    found: `"${release}", which ElastiCache does not have`,
    allowed: `one of ${quoted(known)}`,
    fix: `Take one of these; the patch is AWS' own. Of an existing cache AWS decides: ${GUIDE}.`,
  };
}
