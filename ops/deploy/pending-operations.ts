import * as z from "zod";

/** A creation that was cut off: the thing may exist, and the state does not say. */
export interface PendingCreate {
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly urn: string;
  /** What AWS or Kubernetes knows it by, as far as the program says it; undefined where they make up the name. */
  readonly knownAs: string | undefined;
  readonly parent: string;
  /** URN of the provider. */
  readonly provider: string;
}

const EXPORT = z.object({
  deployment: z.object({
    pending_operations: z
      .array(
        z.object({
          type: z.string(),
          resource: z.object({
            urn: z.string(),
            type: z.string(),
            parent: z.string().optional(),
            provider: z.string().optional(),
            inputs: z.record(z.string(), z.unknown()).optional(),
          }),
        }),
      )
      .optional(),
  }),
});

/** Properties that name a thing outside Pulumi, the more telling ones first. */
const NAMING = [
  "name",
  "bucket",
  "identifier",
  "clusterIdentifier",
  "replicationGroupId",
  "userId",
  "domainName",
  "role",
];

function knownAs(inputs: Readonly<Record<string, unknown>>): string | undefined {
  const { metadata } = inputs;
  const named = z.object({ name: z.string(), namespace: z.string().optional() }).safeParse(metadata);
  if (named.success) return [named.data.namespace, named.data.name].filter((part) => part !== undefined).join("/");
  return NAMING.map((key) => inputs[key]).find((value) => typeof value === "string");
}

/** The creations that a stack's export calls pending, sorted by type and name. Throws when it is no export of a stack. */
export function pendingCreates(exported: unknown): PendingCreate[] {
  const { deployment } = EXPORT.parse(exported);
  return (deployment.pending_operations ?? [])
    .filter(({ type }) => type === "creating")
    .map(({ resource: { urn, type, parent = "", provider = "", inputs = {} } }) => ({
      type,
      name: urn.split("::").at(-1) ?? urn,
      urn,
      knownAs: knownAs(inputs),
      parent,
      // A provider is referred to by URN and ID.
      provider: provider.split("::").slice(0, -1).join("::"),
    }))
    .toSorted((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1));
}

/** What `pulumi import --file` takes, with the IDs left open. */
export function importFile(pending: readonly PendingCreate[]): object {
  const urns = [...new Set(pending.flatMap(({ parent, provider }) => [parent, provider]))].toSorted();
  const nameOf = (urn: string) => `known-${urns.indexOf(urn)}`;
  return {
    nameTable: Object.fromEntries(urns.map((urn) => [nameOf(urn), urn])),
    resources: pending.map(({ type, name, parent, provider }) => ({
      type,
      name,
      id: "",
      parent: nameOf(parent),
      provider: nameOf(provider),
    })),
  };
}
