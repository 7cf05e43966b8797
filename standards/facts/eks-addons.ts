import data from "./eks-addons.json" with { type: "json" };
import type { FactTable } from "./facts.ts";

interface EksAddon {
  /** Minor versions of Kubernetes, separated by spaces, by the build that was seen with them. */
  readonly builds: Readonly<Record<string, string>>;
  /** The build that EKS takes by itself, by minor version; where it is known. */
  readonly defaults: Readonly<Record<string, string>>;
}

/** Builds of add-ons, by the add-on's name at EKS. */
export const EKS_ADDONS: FactTable & { readonly addons: Readonly<Record<string, EksAddon>> } = data;

/** Whether a build was seen with a minor version of Kubernetes. */
export function addonWasSeen(addon: string, build: string, minor: string): boolean {
  return EKS_ADDONS.addons[addon]?.builds[build]?.split(" ").includes(minor) ?? false;
}

/** The build to name for a minor version: its default, or else the last that was seen with it; undefined where none was. */
export function addonToTake(addon: string, minor: string): string | undefined {
  const { builds = {}, defaults = {} } = EKS_ADDONS.addons[addon] ?? {};
  return defaults[minor] ?? Object.keys(builds).findLast((build) => addonWasSeen(addon, build, minor));
}
