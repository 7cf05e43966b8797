import type { StackConfig } from "../../../config/schema.ts";
import { hasReached } from "../../../core/phases.ts";
import { DNS } from "../../../standards/dns.ts";
import { NOTIFY } from "../../../standards/notify.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { advice, blocks, defineCheck, ok, unasked } from "../check.ts";
import { askNetworks, hasBegun } from "../ours.ts";
import { refusalOf, valueOf } from "../outcome.ts";

/** A public zone of the account with the environment's name. */
interface Zone {
  readonly id: string;
  /** Its servers, sorted; [] where nobody could ask. */
  readonly servers: readonly string[];
}

/** Public zones of exactly this name: the list begins at a name and goes on behind it. */
function zonesNamed(name: string, answer: OutcomeOf<"route53:ListHostedZonesByName">): readonly string[] {
  return (valueOf(answer)?.HostedZones ?? [])
    .filter(({ Name, Config }) => Name === `${name}.` && Config?.PrivateZone !== true)
    .flatMap(({ Id }) => Id?.replace("/hostedzone/", "") ?? []);
}

function judgeZones({ dns }: StackConfig, zones: readonly Zone[], begun: boolean): Line {
  const part = {
    what: "Hosted zone",
    needed:
      dns.existingZoneId === null
        ? `none of ${dns.zoneName} yet, or this environment's`
        : `${dns.existingZoneId} is ${dns.zoneName}`,
  };
  const found = zones.map(({ id }) => id).join(", ") || "none";
  const several = "Delete those that the parent zone does not delegate to: zones of one name answer differently.";
  if (zones.length > 1) return blocks(part, found, several);
  if (dns.existingZoneId !== null) {
    return zones.some(({ id }) => id === dns.existingZoneId)
      ? ok(part, found)
      : blocks(part, found, "Correct dns.existingZoneId, or set it to null to make the zone.");
  }
  if (zones.length === 0 || begun) return ok(part, found);
  return blocks(
    part,
    found,
    `Set dns.existingZoneId to ${found}: a second zone of the name would be made, and the world asks the first.`,
  );
}

/** Whether the program waits for certificates, and so for the delegation. */
const waitsForDelegation = ({ environment }: StackConfig) => hasReached(environment.phase, "edge");

function judgeDelegation(config: StackConfig, [zone]: readonly Zone[], world: readonly string[] | undefined): Line {
  const { zoneName } = config.dns;
  const waits = waitsForDelegation(config);
  const part = { what: "Delegation of the zone", needed: `the world asks the servers of ${zoneName} here` };
  if (world === undefined)
    return {
      ...part,
      found: "no resolver answers",
      verdict: "unknown",
      todo: `Ask by hand: dig +short NS ${zoneName}`,
    };
  const seen = world.join(", ") || "nobody knows the zone";
  if (zone === undefined) {
    const found = `${seen}; the zone is not made yet`;
    return waits
      ? blocks(
          part,
          found,
          "Bring the zone up first, without waiting for certificates (docs/first-up.md): none could be issued.",
        )
      : ok(part, found);
  }
  const servers = zone.servers.join(", ");
  if (
    zone.servers.length > 0 &&
    zone.servers.every((server) => world.includes(server)) &&
    world.length === zone.servers.length
  )
    return ok(part, seen);
  const todo = `Put these name servers into the parent zone: ${servers}.`;
  return waits ? blocks(part, seen, `${todo} Certificates wait for it.`) : advice(part, seen, todo);
}

function judgeIssuers({ dns }: StackConfig, issuers: readonly string[] | undefined): Line {
  const part = { what: "CAA as the world sees it", needed: `none, or ${DNS.amazonIssuers.join(" or ")}` };
  if (issuers === undefined)
    return {
      ...part,
      found: "no resolver answers",
      verdict: "unknown",
      todo: `Ask by hand: dig +short CAA ${dns.zoneName}`,
    };
  if (issuers.length === 0) return ok(part, "none");
  return issuers.some((issuer) => DNS.amazonIssuers.some((amazon) => amazon === issuer))
    ? ok(part, issuers.join(", "))
    : blocks(
        part,
        issuers.join(", "),
        "Allow amazon.com in the CAA records of the zone or of the nearest one above: no certificate could be issued.",
      );
}

/** The zone of the environment's names: that there is one, and that the world's name servers know it. */
export const zoneCheck = defineCheck({
  id: "zone",
  subject: "Names in the world",
  source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/domain-name-servers-glue-records.html; RFC 8659",
  requirements: ["SEC-06"],
  gather: async ({ config: { dns, environment } }, { ask, world }) => {
    const [named, networks, delegation, issuers] = await Promise.all([
      ask("route53:ListHostedZonesByName", { DNSName: dns.zoneName, MaxItems: 10 }, NOTIFY.globalRegion),
      askNetworks(ask, environment),
      world.nameServers(dns.zoneName),
      world.issuers(dns.zoneName),
    ]);
    const details = await Promise.all(
      zonesNamed(dns.zoneName, named).map(async (id) => ({
        id,
        zone: await ask("route53:GetHostedZone", { Id: id }, NOTIFY.globalRegion),
      })),
    );
    return { named, networks, details, delegation, issuers };
  },
  judge: ({ config }, { named, networks, details, delegation, issuers }) => {
    const part = { what: "Hosted zone", needed: `${config.dns.zoneName}, one or none` };
    const refusal = refusalOf(named, networks, ...details.map(({ zone }) => zone));
    const zones = details.map(({ id, zone }) => ({
      id,
      servers: (valueOf(zone)?.DelegationSet?.NameServers ?? []).map((server) => server.toLowerCase()).toSorted(),
    }));
    return [
      ...(refusal === undefined
        ? [
            judgeZones(config, zones, hasBegun(config.environment, networks) === true),
            judgeDelegation(config, zones, delegation),
          ]
        : [unasked(part, refusal)]),
      judgeIssuers(config, issuers),
    ];
  },
});
