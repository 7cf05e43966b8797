import { isRecord } from "../core/records.ts";
import { refOf } from "./cloud/tokens.ts";
import type { Resource } from "./engine/model.ts";
import type { Properties } from "./engine/wire.ts";
import { isSecret, MASK } from "./engine/wire.ts";

/** Values that were made up by the fake cloud give nothing away. */
const IS_TOKEN = /ref~[0-9a-f]+~/;

/** A secret for the export: tokens stay, so that references can be followed; every other text is masked. */
function exportedSecret(value: unknown): unknown {
  if (typeof value === "string") return IS_TOKEN.test(value) ? value : MASK;
  if (Array.isArray(value)) return value.map(exportedSecret);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, exportedSecret(isSecret(item) ? item["value"] : item)]),
  );
}

function exported(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(exported);
  if (!isRecord(value)) return value;
  if (isSecret(value)) return exportedSecret(value["value"]);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, exported(item)]));
}

/** One resource as the provider check reads it. */
export interface ExportedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
  /** The key of this resource in tokens. */
  readonly ref: string;
  readonly urn: string;
  readonly parent?: string;
  readonly dependsOn: readonly string[];
  readonly provider?: string;
  readonly protect: boolean;
  readonly aliases: Resource["aliases"];
  readonly ignoreChanges: readonly string[];
  readonly custom: boolean;
  /** Present for what is only looked up. */
  readonly read?: true;
}

/** The list that a provider check reads: what would be asked of each provider. */
export function exportOf(resources: readonly Resource[]): ExportedResource[] {
  return resources.map(
    ({ type, name, inputs, urn, parent, dependencies, provider, protect, aliases, ignoreChanges, custom, read }) => ({
      type,
      name,
      ref: refOf(urn),
      urn,
      custom,
      ...(read ? { read } : {}),
      ...(parent === undefined ? {} : { parent }),
      ...(provider === undefined ? {} : { provider }),
      dependsOn: dependencies,
      protect: protect ?? false,
      aliases,
      ignoreChanges,
      inputs: Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, exported(value)])),
    }),
  );
}

/** `name.json` for one environment; `name.staging.json` for each of several. */
export function exportFile(file: string, environment: string, several: boolean): string {
  if (!several) return file;
  return /\.[^./]+$/.test(file) ? file.replace(/(\.[^./]+)$/, `.${environment}$1`) : `${file}.${environment}`;
}
