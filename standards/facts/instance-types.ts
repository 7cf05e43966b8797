import type { FactTable } from "./facts.ts";
import data from "./instance-types.json" with { type: "json" };

const TABLE: FactTable & { readonly types: Readonly<Record<string, string>> } = data;

export const INSTANCE_TYPES_AS_OF: string = TABLE.asOf;

export interface InstanceType {
  /** `arm64` or `x86_64`; of Macs something else, `unknown` where only the name was seen. */
  readonly architecture: string;
  /** 0 where only the name was seen. */
  readonly vcpus: number;
  readonly memoryMiB: number;
}

/** What a type offers; undefined for a type that the table does not have. */
export function instanceType(name: string): InstanceType | undefined {
  const entry = Object.hasOwn(TABLE.types, name) ? TABLE.types[name] : undefined;
  if (entry === undefined) return undefined;
  const [architecture = "", vcpus = "0", memoryMiB = "0"] = entry.split(" ");
  return { architecture, vcpus: Number(vcpus), memoryMiB: Number(memoryMiB) };
}

/** The types of a family, for instance those of "m7g"; [] for a family that the table does not have. */
export function instanceTypesOf(family: string): readonly string[] {
  return Object.keys(TABLE.types).filter((name) => name.startsWith(`${family}.`));
}

/** Every family with its category and generation: "m7g" is of the category "m" and the generation 7. */
export function instanceFamilies(): readonly {
  family: string;
  category: string;
  generation: number;
  type: InstanceType;
}[] {
  return Object.keys(TABLE.types).flatMap((name) => {
    const [, family = "", category = "", generation = ""] = /^(([a-z]+)(\d+)[a-z0-9-]*)\./.exec(name) ?? [];
    const type = instanceType(name);
    return family === "" || type === undefined ? [] : [{ family, category, generation: Number(generation), type }];
  });
}
