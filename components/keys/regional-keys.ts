import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../config/blocks/environment.ts";
import type { KeysSettings } from "../../config/blocks/keys.ts";
import { Keys } from "./keys.ts";

/** What exists outside the stack's region too: notifications, logs of the edge, copies of backups. */
export const REGIONAL_PURPOSES = ["messaging", "logs", "backup"] as const;

export type RegionalPurpose = (typeof REGIONAL_PURPOSES)[number];

export interface RegionalKeysArgs {
  readonly environment: Environment;
  readonly settings: KeysSettings;
  /** Keys of the stack's own region. */
  readonly keys: Pick<Keys<RegionalPurpose>, "arns">;
  /** Regions in which something lives; the stack's own and repeated ones make no further keys. */
  readonly regions: readonly string[];
}

/**
 * Keys of the other regions in which parts of the environment live. A key never leaves its region, so each has its own,
 * with the same policy and rotation.
 */
export class RegionalKeys extends pulumi.ComponentResource {
  private readonly byRegion: ReadonlyMap<string, Pick<Keys<RegionalPurpose>, "arns">>;

  constructor(name: string, args: RegionalKeysArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:security:KeyTwins", name, {}, opts);
    const { environment, settings } = args;
    const byRegion = new Map([[environment.region, args.keys]]);
    for (const region of args.regions) {
      if (byRegion.has(region)) continue;
      byRegion.set(
        region,
        new Keys(`${name}-${region}`, { environment, settings, purposes: REGIONAL_PURPOSES, region }, { parent: this }),
      );
    }
    this.byRegion = byRegion;
    this.registerOutputs({});
  }

  /** Keys of a region; a region without keys is a mistake of the program, not of its configuration. */
  in(region: string): Pick<Keys<RegionalPurpose>, "arns"> {
    const keys = this.byRegion.get(region);
    if (keys === undefined)
      throw new Error(`no keys were made in ${region}: add it to the regions of the regional keys`);
    return keys;
  }
}
