import type { Resolver } from "node:dns/promises";

/** What the world's name servers say. */
export interface World {
  /** Names of the zone's servers, sorted, without dots at the end; [] when nobody knows the zone, undefined when nobody answers. */
  readonly nameServers: (zone: string) => Promise<readonly string[] | undefined>;
  /** Who may issue certificates for a name by the nearest CAA records; undefined when nobody answers, [] when there are none. */
  readonly issuers: (name: string) => Promise<readonly string[] | undefined>;
}

/** Codes that mean "there is no such record". */
const NONE = new Set(["ENOTFOUND", "ENODATA"]);

async function recordsOf<T>(look: () => Promise<readonly T[]>): Promise<readonly T[] | undefined> {
  try {
    return await look();
  } catch (error) {
    return error instanceof Error && "code" in error && NONE.has(String(error.code)) ? [] : undefined;
  }
}

/** Asks a resolver of the machine's. */
export function worldOf(resolver: Pick<Resolver, "resolveNs" | "resolveCaa">): World {
  return {
    nameServers: async (zone) => {
      const servers = await recordsOf(() => resolver.resolveNs(zone));
      return servers?.map((server) => server.toLowerCase().replace(/\.$/, "")).toSorted();
    },
    issuers: async (name) => {
      const labels = name.split(".");
      // The nearest set counts, from the name itself up to the top. RFC 8659
      for (let top = 0; top < labels.length; top += 1) {
        const records = await recordsOf(() => resolver.resolveCaa(labels.slice(top).join(".")));
        if (records === undefined) return undefined;
        if (records.length > 0) return records.flatMap(({ issue }) => issue?.split(";")[0]?.trim() ?? []).toSorted();
      }
      return [];
    },
  };
}
