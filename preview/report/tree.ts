import type { Resource } from "../engine/model.ts";
import { isComponent } from "./summary.ts";

/** How many resources of a type a component holds itself. */
export interface TypeCount {
  /** As {@link shortType}. */
  readonly type: string;
  readonly count: number;
}

/** A component with what stands below it. */
export interface Branch {
  /** Logical name; "" for the stack itself. */
  readonly name: string;
  /** The component's class; "" for the stack itself. */
  readonly type: string;
  /** Resources that belong to the component itself, with those that hang off them; sorted by type. */
  readonly own: readonly TypeCount[];
  /** Components in it, sorted by name. */
  readonly components: readonly Branch[];
  /** Resources of it and of all components in it. */
  readonly total: number;
}

/** `aws:ec2/vpc:Vpc` as `ec2 Vpc`, `kubernetes:apps/v1:Deployment` as `apps/v1 Deployment`, a component by its class. */
export function shortType(type: string): string {
  const [area = "", module = "", name = type] = type.split(":");
  if (area === "pulumi" && module === "providers") return `provider ${name}`;
  if (area === "kubernetes") return `${module.replace(/^core\//, "")} ${name}`;
  const service = module.split("/")[0] ?? module;
  return service === "index" || service === "" ? `${area} ${name}` : `${service} ${name}`;
}

function countTypes(resources: readonly Resource[]): TypeCount[] {
  const counts = new Map<string, number>();
  for (const { type, read } of resources) {
    const short = `${shortType(type)}${read ? " (looked up)" : ""}`;
    counts.set(short, (counts.get(short) ?? 0) + 1);
  }
  return [...counts].map(([type, count]) => ({ type, count })).toSorted((a, b) => (a.type < b.type ? -1 : 1));
}

/** The resources of a component itself in words, by service: `iam Role ×2, RolePolicy; kms Key`. */
export function describeOwn(own: readonly TypeCount[]): string[] {
  const services = Map.groupBy(own, ({ type }) => type.split(" ")[0] ?? type);
  return [...services].map(([service, types]) => {
    const names = types.map(({ type, count }) => `${type.slice(service.length + 1)}${count === 1 ? "" : ` ×${count}`}`);
    return `${service} ${names.join(", ")}`;
  });
}

/** The resources of a run as a tree of its components. */
export function treeOf(resources: readonly Resource[]): Branch {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  /** The component that a resource belongs to: the nearest one above it. */
  const ownerOf = (resource: Resource): string => {
    let above = resource.parent;
    for (
      let parent = above === undefined ? undefined : byUrn.get(above);
      parent !== undefined;
      parent = above === undefined ? undefined : byUrn.get(above)
    ) {
      if (!parent.custom) return isComponent(parent) ? parent.urn : "";
      above = parent.parent;
    }
    return "";
  };
  const members = Map.groupBy(
    resources.filter((resource) => resource.custom || isComponent(resource)),
    ownerOf,
  );
  const branch = (owner: string, name: string, type: string): Branch => {
    const inside = members.get(owner) ?? [];
    const custom = inside.filter((resource) => resource.custom);
    const components = inside
      .filter((resource) => !resource.custom)
      .map((resource) => branch(resource.urn, resource.name, resource.type.split(":").at(-1) ?? resource.type))
      .toSorted((a, b) => (`${a.name} ${a.type}` < `${b.name} ${b.type}` ? -1 : 1));
    return {
      name,
      type,
      own: countTypes(custom),
      components,
      total: custom.length + components.reduce((sum, { total }) => sum + total, 0),
    };
  };
  return branch("", "", "");
}
