import { createHash } from "node:crypto";

import { UNKNOWN } from "../engine/wire.ts";
import awsComputedProperties from "./aws-computed-properties.json" with { type: "json" };

/** What the cloud is asked to make. */
export interface CreateRequest {
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly urn: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface CreateAnswer {
  readonly id: string;
  /** The inputs, and a token for every property which the cloud would compute. */
  readonly outputs: Record<string, unknown>;
}

/** Computed properties by type token, as paths separated by spaces; from the declarations of @pulumi/aws. */
const AWS_PROPERTIES: Readonly<Record<string, string>> = awsComputedProperties;

/** What the types of @pulumi/random compute. */
const RANDOM_PROPERTIES: Readonly<Record<string, string>> = {
  "random:index/randomBytes:RandomBytes": "base64 hex",
  "random:index/randomId:RandomId": "b64Std b64Url dec hex",
  "random:index/randomPassword:RandomPassword": "bcryptHash result",
  "random:index/randomString:RandomString": "result",
  "random:index/randomUuid:RandomUuid": "result",
};

/** Programs take ARNs apart; the provider check ignores this prefix in front of a token. */
const ARN_PREFIX = "arn:aws:ref:us-east-1:123456789012:";

/** A short name of the resource for tokens: it depends on nothing but the URN, so that nothing shifts when others come. */
export function refOf(urn: string): string {
  return createHash("sha256").update(urn).digest("hex").slice(0, 12);
}

/** The recognisable value of a computed property; only characters that survive JSON, URLs and splitting at colons. */
export function token(urn: string, path: string): string {
  const plain = `ref~${refOf(urn)}~${path}~`;
  return /(^|\.)arn$|Arn(\.\d+)?$/.test(path) ? `${ARN_PREFIX}${plain}` : plain;
}

type Node = Record<string, unknown> | unknown[];

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

function read(node: Node, key: string): unknown {
  return Array.isArray(node) ? node[Number(key)] : node[key];
}

function write(node: Node, key: string, value: unknown): void {
  if (Array.isArray(node)) node[Number(key)] = value;
  else node[key] = value;
}

/** Key of the wire's secret wrapper: what it holds is a value, not something to complete. */
const SECRET_KEY = "4dabf18193072939515e22adb298388d";

/** Packages whose resources the fake cloud can answer. */
export const PACKAGES = ["aws", "kubernetes", "pulumi", "random"] as const;

/** Whether the fake cloud can answer resources of a type; of others it does not know what the cloud computes. */
export function knowsType(type: string): boolean {
  const name = type.split(":")[0];
  return PACKAGES.some((known) => known === name);
}

/** Sets `path` below `root` unless the program gave a value there. A list which the program left empty stays empty. */
function fill(root: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop() ?? path;
  let node: Node = root;
  let isNew = false;
  for (const [position, key] of keys.entries()) {
    let next = read(node, key);
    if (next === undefined || next === null) {
      if (Array.isArray(node) && !isNew) return;
      next = /^\d+$/.test(keys[position + 1] ?? last) ? [] : {};
      write(node, key, next);
      isNew = true;
    } else {
      isNew = false;
    }
    if (!isNode(next) || SECRET_KEY in next) return;
    node = next;
  }
  const present = read(node, last);
  if ((present === undefined || present === null) && (!Array.isArray(node) || isNew)) write(node, last, value);
}

/** What the cloud computes for a type, as paths. */
function computedPaths(type: string): string[] {
  const paths = AWS_PROPERTIES[type] ?? RANDOM_PROPERTIES[type] ?? "";
  return paths.split(" ").filter((path) => path !== "");
}

/** Kubernetes answers with the object itself; a name that Pulumi would make up gets a stable one. */
function answerKubernetes(request: CreateRequest): CreateAnswer {
  const outputs: Record<string, unknown> = structuredClone(request.inputs);
  fill(outputs, "metadata.name", `${request.name}-${refOf(request.urn).slice(0, 8)}`);
  fill(outputs, "metadata.uid", token(request.urn, "metadata.uid"));
  const metadata = outputs["metadata"];
  const name = isNode(metadata) ? read(metadata, "name") : request.name;
  const namespace = isNode(metadata) ? read(metadata, "namespace") : undefined;
  return { id: typeof namespace === "string" ? `${namespace}/${String(name)}` : String(name), outputs };
}

/** ACM answers one option for each name of a certificate; programs look them up by the name. */
function validationOptions({ urn, inputs }: CreateRequest): Record<string, unknown>[] {
  return [inputs["domainName"], inputs["subjectAlternativeNames"] ?? []].flat().map((domainName, index) => ({
    domainName,
    resourceRecordName: token(urn, `domainValidationOptions.${index}.resourceRecordName`),
    resourceRecordType: "CNAME",
    resourceRecordValue: token(urn, `domainValidationOptions.${index}.resourceRecordValue`),
  }));
}

/**
 * Answers the creation of a resource as a cloud would: the inputs come back, and every computed property has a value
 * that names where it came from. Same request, same answer.
 */
export function answerCreate(request: CreateRequest): CreateAnswer {
  if (request.type.startsWith("kubernetes:")) return answerKubernetes(request);
  // The engine's own resource keeps what it was given first; a new one has been given this.
  if (request.type === "pulumi:index:Stash")
    return { id: token(request.urn, "id"), outputs: { ...request.inputs, output: request.inputs["input"] } };
  const outputs: Record<string, unknown> = structuredClone(request.inputs);
  if (request.type === "aws:acm/certificate:Certificate")
    outputs["domainValidationOptions"] = validationOptions(request);
  for (const path of computedPaths(request.type)) fill(outputs, path, token(request.urn, path));
  return { id: token(request.urn, "id"), outputs };
}

/** Marks what is not given at `path` as unknown: the first key on the way that is absent. */
function blank(root: Record<string, unknown>, path: string): void {
  let node: Node = root;
  for (const key of path.split(".")) {
    const next = read(node, key);
    if (next === undefined || next === null) {
      // A list which the program left empty stays empty.
      if (!Array.isArray(node)) write(node, key, UNKNOWN);
      return;
    }
    if (!isNode(next) || SECRET_KEY in next) return;
    node = next;
  }
}

/** Answers a first preview: the inputs come back, and everything that the cloud would compute is unknown, the id too. */
export function answerPreview(request: CreateRequest): CreateAnswer {
  if (request.type === "pulumi:index:Stash") return { id: "", outputs: answerCreate(request).outputs };
  // Before there is a cluster the engine cannot ask its provider: nothing is known of an object, not even its inputs.
  if (request.type.startsWith("kubernetes:")) return { id: "", outputs: {} };
  const outputs: Record<string, unknown> = structuredClone(request.inputs);
  for (const path of computedPaths(request.type)) blank(outputs, path);
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
    imageTags: [],
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
