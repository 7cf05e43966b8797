import type { Resource } from "../../preview/engine/model.ts";
import { STACK_TYPE } from "../../preview/engine/urn.ts";

/** What the graph needs to know of a resource. */
export type GraphResource = Pick<
  Resource,
  "urn" | "type" | "name" | "custom" | "parent" | "dependencies" | "propertyDependencies" | "protect" | "read"
>;

/** A component of index.ts, with everything below it. */
export interface Component {
  /** Logical name; no two components of the environment share one. */
  readonly name: string;
  /** From the type token `preflight:<area>:<Class>`. */
  readonly area: string;
  readonly className: string;
  /** How many resources of each service it makes; most first. */
  readonly services: readonly (readonly [service: string, count: number])[];
  /** How many of them are protected: no run deletes them before somebody lifts that. */
  readonly protectedCount: number;
  /** Names of the components that its resources refer to, sorted. */
  readonly dependsOn: readonly string[];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** `aws:rds/cluster:Cluster` as rds; what Helm brings apart from our own Kubernetes objects. */
export function serviceOf(type: string): string {
  const [provider = type, module = ""] = type.split(":");
  if (provider === "kubernetes") return module.startsWith("helm.sh/") ? "helm" : "kubernetes";
  const service = module.split("/")[0] ?? "";
  return service === "" || service === "index" ? provider : service;
}

function countServices(resources: readonly GraphResource[]): [string, number][] {
  // A provider is how resources are made, and none itself.
  const made = resources.filter(({ custom, read, type }) => custom && !read && !type.startsWith("pulumi:providers:"));
  const groups = Map.groupBy(made, ({ type }) => serviceOf(type));
  return [...groups]
    .map(([service, members]): [string, number] => [service, members.length])
    .toSorted(([a, x], [b, y]) => y - x || byText(a, b));
}

/** Answers the component right below the stack that a URN belongs to; undefined for what stands in none. */
function ownerOf(byUrn: ReadonlyMap<string, GraphResource>): (urn: string) => GraphResource | undefined {
  const owner = (urn: string): GraphResource | undefined => {
    const resource = byUrn.get(urn);
    if (resource === undefined || resource.type === STACK_TYPE) return undefined;
    const parent = resource.parent === undefined ? undefined : byUrn.get(resource.parent);
    if (parent !== undefined && parent.type !== STACK_TYPE) return owner(parent.urn);
    return resource.custom ? undefined : resource;
  };
  return owner;
}

/** The environment's components, sorted by name, and which of them refers to which. */
export function componentsOf(resources: readonly GraphResource[]): readonly Component[] {
  const owner = ownerOf(new Map(resources.map((resource) => [resource.urn, resource])));
  const members = Map.groupBy(resources, ({ urn }) => owner(urn));
  const components = [...members].flatMap(([top, inside]): Component[] => {
    if (top === undefined) return [];
    const [, area = "", className = ""] = top.type.split(":");
    const referred = inside.flatMap(({ dependencies, propertyDependencies }) => [
      ...dependencies,
      ...Object.values(propertyDependencies).flat(),
    ]);
    const names = new Set(referred.flatMap((urn) => owner(urn)?.name ?? []));
    names.delete(top.name);
    return [
      {
        name: top.name,
        area,
        className,
        services: countServices(inside),
        dependsOn: [...names].toSorted(byText),
        protectedCount: inside.filter(({ custom, protect }) => custom && protect === true).length,
      },
    ];
  });
  const twice = components.find(
    ({ name }, position) => components.findIndex((other) => other.name === name) !== position,
  );
  if (twice !== undefined)
    throw new Error(`Two components of index.ts are called ${twice.name}: drawings could not tell them apart.`);
  return components.toSorted((a, b) => byText(a.name, b.name));
}

/** Arrows of a drawing, by the name of the component they start from. */
export type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

function reachable(arrows: Arrows, start: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const target of arrows.get(next) ?? []) {
      if (seen.has(target)) continue;
      seen.add(target);
      open.push(target);
    }
  }
  return seen;
}

/** Leaves out an arrow to one of `ends` where the others lead there by a detour; nothing becomes unreachable. */
export function withoutShortcuts(arrows: Arrows, ends: ReadonlySet<string>): Arrows {
  const reach = new Map([...arrows.keys()].map((name) => [name, reachable(arrows, name)]));
  // A detour that comes back from its end is a circle, not a way.
  const leads = (detour: string, end: string): boolean =>
    reach.get(detour)?.has(end) === true && reach.get(end)?.has(detour) !== true;
  const isShortcut = (end: string, targets: ReadonlySet<string>): boolean =>
    ends.has(end) && [...targets].some((detour) => detour !== end && leads(detour, end));
  return new Map(
    [...arrows].map(([from, targets]) => [from, new Set([...targets].filter((end) => !isShortcut(end, targets)))]),
  );
}

/**
 * The arrows between the chosen components: an arrow stands for a way that touches no other chosen one. Ways through what is
 * neither chosen nor passed (such as what nearly everything refers to) are not followed.
 */
export function arrowsBetween(
  components: readonly Component[],
  chosen: ReadonlySet<string>,
  passed: ReadonlySet<string> = new Set(),
): Arrows {
  const byName = new Map(components.map((component) => [component.name, component]));
  const ends = (name: string, seen: ReadonlySet<string>): string[] =>
    (byName.get(name)?.dependsOn ?? []).flatMap((target) => {
      if (chosen.has(target)) return [target];
      return passed.has(target) && !seen.has(target) ? ends(target, new Set([...seen, target])) : [];
    });
  const start = components.filter(({ name }) => chosen.has(name));
  return new Map(
    start.map(({ name }) => [
      name,
      new Set(
        ends(name, new Set())
          .filter((target) => target !== name)
          .toSorted(byText),
      ),
    ]),
  );
}
