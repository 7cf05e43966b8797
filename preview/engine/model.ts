import type { Properties } from "./wire.ts";

/** Seconds that an operation may take; 0 for the provider's own limit. */
export interface Timeouts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

/** Another identity of a resource, as the program gave it. */
export type Alias =
  | string
  | {
      readonly name?: string;
      readonly type?: string;
      readonly stack?: string;
      readonly project?: string;
      readonly parent?: string;
      readonly noParent?: true;
    };

/** What the program asks for. */
export interface Registration {
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** False for components, which only group others. */
  readonly custom: boolean;
  /** URN of the parent; undefined for the stack itself. */
  readonly parent: string | undefined;
  /** Plain values; secrets and unknowns are still marked. */
  readonly inputs: Properties;
  /** `urn::id` of the explicit provider; undefined for the default one. */
  readonly provider: string | undefined;
  /** URNs of everything it depends on, sorted. */
  readonly dependencies: readonly string[];
  /** The same by property: which resources the value of each one came from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean | undefined;
  readonly retainOnDelete: boolean | undefined;
  readonly deletedWith: string | undefined;
  readonly deleteBeforeReplace: boolean | undefined;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly aliases: readonly Alias[];
  readonly timeouts: Timeouts;
  /** Id of an existing cloud object that is adopted; undefined for a new one. */
  readonly importId: string | undefined;
  /** Where in the program it is registered, for messages; undefined if unknown. */
  readonly source: string | undefined;
}

/** A resource after it was answered. */
export interface Resource extends Registration {
  readonly urn: string;
  /** The inputs after the provider's Check: with defaults, names and tags of the provider. What is judged, and created. */
  readonly checked: Properties;
  /** "" for components, and while it is unknown. */
  readonly id: string;
  /** What the cloud answered; of a component, what it registered as its outputs. */
  readonly outputs: Properties;
  /** An existing object that was only looked up: neither made nor judged. */
  readonly read: boolean;
}

export type Severity = "info" | "warning" | "error";

/** Something the program said through `pulumi.log`. */
export interface LogLine {
  readonly severity: Severity;
  readonly message: string;
  readonly urn: string | undefined;
}
