/** The type of the resource that stands for the stack itself. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  /** URN of the parent; undefined for none. */
  readonly parent: string | undefined;
  readonly type: string;
  readonly name: string;
}

/** `parent type$type`, all the way up, as it stands in a URN. */
const qualifiedTypeOf = (urn: string) => urn.split("::")[2] ?? "";

/** Logical name. It may hold "::" itself: everything behind the third separator is the name. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The resource's own type token. */
export function typeOf(urn: string): string {
  return qualifiedTypeOf(urn).split("$").at(-1) ?? "";
}

/**
 * The URN which the engine gives: the types of all parents are part of it, but not their names, and not the stack's type.
 */
export function makeUrn({ stack, project, parent, type, name }: UrnParts): string {
  const above = parent === undefined ? "" : qualifiedTypeOf(parent);
  const qualified = above === "" || above === STACK_TYPE ? type : `${above}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}
