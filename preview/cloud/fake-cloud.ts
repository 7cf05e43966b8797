import { createHash } from "node:crypto";

import { isRecord } from "../../core/records.ts";
import type { AwsProvider } from "./aws.ts";
import { checkedInputs, createdState, plannedState } from "./aws.ts";
import { appliedObject } from "./kubernetes/apply.ts";
import { liveObject } from "./kubernetes/live.ts";
import { checkedObject } from "./kubernetes/normalize.ts";
import { blank, fill } from "./paths.ts";
import { ARN_PREFIX, token } from "./tokens.ts";

/** What the cloud is asked to make. */
export interface CreateRequest {
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly urn: string;
  /** What the provider's Check made of the program's inputs, see {@link answerCheck}. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface CreateAnswer {
  readonly id: string;
  /** What the provider answers: the inputs, its words for what is not set, and a token for what the cloud computes. */
  readonly outputs: Record<string, unknown>;
}

/** What the types of @pulumi/random compute. */
const RANDOM_PROPERTIES: Readonly<Record<string, string>> = {
  "random:index/randomBytes:RandomBytes": "base64 hex",
  "random:index/randomId:RandomId": "b64Std b64Url dec hex",
  "random:index/randomPassword:RandomPassword": "bcryptHash result",
  "random:index/randomString:RandomString": "result",
  "random:index/randomUuid:RandomUuid": "result",
};

const randomPaths = (type: string) => (RANDOM_PROPERTIES[type] ?? "").split(" ").filter((path) => path !== "");

/** Packages whose resources the fake cloud can answer. */
export const PACKAGES = ["aws", "kubernetes", "pulumi", "random"] as const;

/** Whether the fake cloud can answer resources of a type; of others it does not know what the cloud computes. */
export function knowsType(type: string): boolean {
  const name = type.split(":")[0];
  return PACKAGES.some((known) => known === name);
}

/** Settings of a provider that reach every resource of it, read from the provider's own inputs. */
export function providerSettings(inputs: Readonly<Record<string, unknown>>): AwsProvider {
  const { region, defaultTags } = inputs;
  // Inputs of a provider that are no texts travel as JSON.
  const parsed: unknown =
    typeof defaultTags === "string" && defaultTags.startsWith("{") ? JSON.parse(defaultTags) : defaultTags;
  const tags = isRecord(parsed) ? parsed["tags"] : undefined;
  return { region: typeof region === "string" ? region : undefined, defaultTags: isRecord(tags) ? tags : {} };
}

/** What the provider's Check makes of the program's inputs: what the engine keeps, and what resource rules judge. */
export function answerCheck({ type, urn, inputs }: CreateRequest, provider: AwsProvider): Record<string, unknown> {
  if (type.startsWith("kubernetes:")) return checkedObject(type, inputs);
  return type.startsWith("aws:") ? checkedInputs(type, urn, inputs, provider) : structuredClone(inputs);
}

/** Kubernetes answers with the object itself, as its API server keeps it. */
function answerKubernetes({ type, name, urn, inputs }: CreateRequest): CreateAnswer {
  const outputs = liveObject(type, name, urn, inputs);
  const { metadata } = outputs;
  const own = isRecord(metadata) ? metadata["name"] : name;
  const namespace = isRecord(metadata) ? metadata["namespace"] : undefined;
  return { id: typeof namespace === "string" ? `${namespace}/${String(own)}` : String(own), outputs };
}

/**
 * Answers the creation of a resource as its provider does: in the provider's shape, with a value for every computed property
 * that names where it came from. Same request, same answer.
 */
export function answerCreate(request: CreateRequest): CreateAnswer {
  const { type, urn, inputs } = request;
  if (type.startsWith("kubernetes:")) return answerKubernetes(request);
  const id = token(urn, "id");
  if (type.startsWith("aws:")) return { id, outputs: createdState(type, urn, inputs) };
  // The engine's own resource keeps what it was given first; a new one has been given this.
  if (type === "pulumi:index:Stash") return { id, outputs: { ...inputs, output: inputs["input"] } };
  const outputs: Record<string, unknown> = structuredClone(inputs);
  for (const path of randomPaths(type)) fill(outputs, path, token(urn, path));
  return { id, outputs };
}

/** What the provider answers when the inputs of a resource that exists are others now. */
export function answerUpdate(
  request: CreateRequest,
  old: { readonly inputs: Record<string, unknown>; readonly outputs: Record<string, unknown> },
): Record<string, unknown> {
  const { outputs } = answerCreate(request);
  return request.type.startsWith("kubernetes:") ? appliedObject(outputs, { ...request.inputs }, old) : outputs;
}

/** Answers a first preview: the planned state, in which everything that the cloud would compute is unknown, the id too. */
export function answerPreview(request: CreateRequest): CreateAnswer {
  const { type, inputs } = request;
  if (type === "pulumi:index:Stash") return { id: "", outputs: answerCreate(request).outputs };
  // Before there is a cluster the engine cannot ask its provider: nothing is known of an object, not even its inputs.
  if (type.startsWith("kubernetes:")) return { id: "", outputs: {} };
  if (type.startsWith("aws:")) return { id: "", outputs: plannedState(type, inputs) };
  const outputs: Record<string, unknown> = structuredClone(inputs);
  for (const path of randomPaths(type)) blank(outputs, path);
  return { id: "", outputs };
}

/** Answers to functions, by token. A program that asks for anything else ends: a guess would make the preview lie. */
const INVOKES: Readonly<Record<string, (args: Readonly<Record<string, unknown>>) => Record<string, unknown>>> = {
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": (args) => ({
    id: `pl-${createHash("sha256").update(String(args["name"])).digest("hex").slice(0, 17)}`,
    name: args["name"],
    addressFamily: "IPv4",
    maxEntries: 55,
  }),
  // An account in which whatever the program asks for has been pushed and put in.
  "aws:ecr/getImage:getImage": (args) => ({
    ...args,
    id: args["imageDigest"],
    imagePushedAt: 0,
    imageSizeInBytes: 0,
    imageTags: typeof args["imageTag"] === "string" ? [args["imageTag"]] : [],
    imageUri: `${String(args["repositoryName"])}@${String(args["imageDigest"])}`,
    region: "us-east-1",
    registryId: "123456789012",
  }),
  "aws:secretsmanager/getSecretVersions:getSecretVersions": (args) => ({
    ...args,
    arn: `${ARN_PREFIX}secret:${String(args["secretId"])}`,
    name: args["secretId"],
    region: "us-east-1",
    secretArn: `${ARN_PREFIX}secret:${String(args["secretId"])}`,
    secretName: args["secretId"],
    versions: [
      {
        createdTime: "2026-01-01T00:00:00Z",
        lastAccessedDate: "2026-01-01",
        versionId: "ref~version~",
        versionStages: ["AWSCURRENT"],
      },
    ],
  }),
};

/** The functions that have an answer, for the message about one that has none. */
export const ANSWERED_INVOKES = Object.keys(INVOKES).toSorted();

/** The result of a function, or undefined if the fake cloud knows none. */
export function answerInvoke(
  functionToken: string,
  args: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  return INVOKES[functionToken]?.(args);
}
