import { UNKNOWN } from "../engine/wire.ts";
import awsComputedProperties from "./aws-computed-properties.json" with { type: "json" };
import { atEach, blank, fill, holdsUnknown, propertiesWithoutNulls } from "./paths.ts";
import awsOutputs from "./shapes/aws-outputs.json" with { type: "json" };
import { token } from "./tokens.ts";

/** What the provider answers for a type; see shapes/README.md. */
export interface AwsShape {
  /** Whether the resource lives in a region and takes one as its input. */
  readonly regional?: boolean;
  /** Whether it has tags, and with them `tagsAll`. */
  readonly tagged?: boolean;
  /** Whether the type is built on the plugin framework: what is not set is absent, and Check sets no defaults. */
  readonly framework?: boolean;
  /** The property that gets a name when the program gives none. */
  readonly name?: string;
  /** Answers for what is not set: how it stands in outputs, to paths separated by spaces. */
  readonly unset?: Readonly<Record<string, string>>;
  /** Constants of the provider by path. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** Examples of what AWS decides, other than texts. */
  readonly computed?: Readonly<Record<string, unknown>>;
}

const SHAPES: Readonly<Record<string, AwsShape>> = awsOutputs;

/** Computed properties by type token, as paths separated by spaces; from the declarations of @pulumi/aws. */
const COMPUTED: Readonly<Record<string, string>> = awsComputedProperties;

/** Properties beside which the provider sets no default for the one behind the type. */
const EXCLUDED_BY: Readonly<Record<string, string>> = {
  "aws:cloudwatch/eventRule:EventRule isEnabled": "state",
};

/** How to read an answer that nobody has seen after a creation: as null, or as the kind's empty value. */
export type UnseenReading = "null" | "empty";

const words = (text: string | undefined) => (text ?? "").split(" ").filter((word) => word !== "");

/** What the provider answers for a type; of most types nothing is recorded. */
export function shapeOf(type: string): AwsShape {
  return SHAPES[type] ?? {};
}

/** The value that stands for an unset property: after creation, or in the plan of one. Undefined leaves the key out. */
function valueOf(answer: string, planned: boolean, unseen: UnseenReading): unknown {
  if (answer === "absent") return undefined;
  if (answer === "[]") return [];
  if (planned) return null;
  const [first = "null", second] = answer.split(/ or |, then /);
  const isSequence = answer.includes(", then ");
  return JSON.parse(second !== undefined && (isSequence || unseen === "empty") ? second : first);
}

const setIfUnset = (root: Record<string, unknown>, path: string, value: unknown) => {
  atEach(root, path, (holder, key) => {
    if (holder[key] === undefined) holder[key] = structuredClone(value);
  });
};

/** Puts in what the provider answers for unset properties; computed texts are left to the caller. */
function complete(root: Record<string, unknown>, shape: AwsShape, planned: boolean, unseen: UnseenReading): void {
  for (const [path, value] of Object.entries(shape.defaults ?? {})) setIfUnset(root, path, value);
  for (const [answer, paths] of Object.entries(shape.unset ?? {})) {
    const value = answer === "computed" ? undefined : valueOf(answer, planned, unseen);
    if (value !== undefined) for (const path of words(paths)) setIfUnset(root, path, value);
  }
  if (!planned) for (const [path, value] of Object.entries(shape.computed ?? {})) setIfUnset(root, path, value);
}

/** ACM answers one option for each name of a certificate; programs look them up by the name. */
function validationOptions(urn: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  return [inputs["domainName"], inputs["subjectAlternativeNames"] ?? []].flat().map((domainName, index) => ({
    domainName,
    resourceRecordName: token(urn, `domainValidationOptions.${index}.resourceRecordName`),
    resourceRecordType: "CNAME",
    resourceRecordValue: token(urn, `domainValidationOptions.${index}.resourceRecordValue`),
  }));
}

/** The state of a new resource: its inputs, the provider's answers, and tokens for what AWS computes. */
export function createdState(
  type: string,
  urn: string,
  inputs: Readonly<Record<string, unknown>>,
  unseen: UnseenReading = "empty",
): Record<string, unknown> {
  const outputs = propertiesWithoutNulls(inputs);
  if (type === "aws:acm/certificate:Certificate") outputs["domainValidationOptions"] = validationOptions(urn, inputs);
  const shape = shapeOf(type);
  complete(outputs, shape, false, unseen);
  for (const path of words(shape.unset?.["computed"])) {
    if (!path.includes("[]")) setIfUnset(outputs, path, token(urn, path));
  }
  for (const path of words(COMPUTED[type])) fill(outputs, path, token(urn, path));
  return outputs;
}

/** The planned state of a new resource: what AWS decides is unknown, what nobody sets is null or an empty list. */
export function plannedState(type: string, inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const outputs = propertiesWithoutNulls(inputs);
  const shape = shapeOf(type);
  for (const [path, value] of Object.entries(shape.defaults ?? {})) setIfUnset(outputs, path, value);
  for (const path of [...words(shape.unset?.["computed"]), ...Object.keys(shape.computed ?? {})])
    setIfUnset(outputs, path, UNKNOWN);
  for (const path of words(COMPUTED[type])) blank(outputs, path);
  complete(outputs, shape, true, "null");
  return outputs;
}

/** Where a resource's provider is, and what it puts on everything. */
export interface AwsProvider {
  /** Absent when it is not known. */
  readonly region: string | undefined;
  readonly defaultTags: Readonly<Record<string, unknown>>;
}

function allTags(tags: unknown, { defaultTags }: AwsProvider): unknown {
  if (tags === UNKNOWN) return UNKNOWN;
  const all = { ...defaultTags, ...(typeof tags === "object" && tags !== null ? tags : {}) };
  return holdsUnknown(all) ? UNKNOWN : all;
}

/** What the provider's Check makes of the program's inputs: the engine keeps them, and resource rules see them. */
export function checkedInputs(
  type: string,
  urn: string,
  inputs: Readonly<Record<string, unknown>>,
  provider: AwsProvider,
): Record<string, unknown> {
  const shape = shapeOf(type);
  const checked = shape.framework === true ? structuredClone(inputs) : propertiesWithoutNulls(inputs);
  const result: Record<string, unknown> = { ...checked };
  if (shape.framework !== true) {
    for (const [path, value] of Object.entries(shape.defaults ?? {})) {
      const isExcluded = words(EXCLUDED_BY[`${type} ${path}`]).some((other) => result[other] !== undefined);
      // As the bridge does: defaults that are falsy are not added.
      if (value !== false && value !== 0 && value !== "" && !isExcluded) setIfUnset(result, path, value);
    }
  }
  if (shape.name !== undefined && result[shape.name] === undefined && result[`${shape.name}Prefix`] === undefined)
    // Not the engine's random digits but a token, so that references to the name can be followed.
    result[shape.name] = token(urn, shape.name);
  if (shape.regional === true && provider.region !== undefined) result["region"] ??= provider.region;
  if (shape.tagged === true) result["tagsAll"] = allTags(result["tags"], provider);
  return result;
}
