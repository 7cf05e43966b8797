import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";

import { isRecord } from "../../core/records.ts";
import { answerCheck, answerCreate, answerInvoke, providerSettings } from "../../preview/cloud/fake-cloud.ts";

/** What a component registered, with the options that mocks do not tell. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** Inputs with secrets unwrapped; {@link secretInputs} names those that were secret. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Top-level inputs that were (or held) a secret. */
  readonly secretInputs: readonly string[];
  /** Logical name of the parent; undefined for the component under test itself. */
  readonly parent: string | undefined;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  readonly ignoreChanges: readonly string[];
  /** How long its making may take; "" for the provider's own limit. */
  readonly createTimeout: string;
  /** Names of the hooks that run when it is made, before anything that depends on it. */
  readonly afterCreate: readonly string[];
  /** Logical names of everything it depends on, through `dependsOn` or values. */
  readonly dependsOn: readonly string[];
  /** The same as `type::name`, where names alone do not tell. */
  readonly dependencies: readonly string[];
}

const SECRET_KEY = "4dabf18193072939515e22adb298388d";

/** Takes the wire's secret wrappers off; `seen` is called when there was one. */
function unwrap(value: unknown, seen: () => void): unknown {
  if (Array.isArray(value)) return value.map((item) => unwrap(item, seen));
  if (!isRecord(value)) return value;
  if (SECRET_KEY in value) {
    seen();
    return unwrap(value["value"], seen);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrap(item, seen)]));
}

/** Inputs as the fake cloud takes them from the wire: there, files are no objects of the SDK. */
function withoutAssets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAssets);
  if (pulumi.asset.Asset.isInstance(value) || pulumi.asset.Archive.isInstance(value)) return "(a file)";
  return isRecord(value) ? mapValues(value) : value;
}

const mapValues = (record: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([key, item]) => [key, withoutAssets(item)]));

const nameOf = (urn: string) => urn.split("::").at(-1) ?? urn;
const typeOf = (urn: string) => urn.split("::").at(-2)?.split("$").at(-1) ?? urn;

/** What the SDK's mocks lack: hooks are registered, and never run. */
function acceptHooks(): void {
  const accept = (_request: unknown, callback: (error: null, answer: object) => void) => {
    callback(null, {});
  };
  Object.assign(MockMonitor.prototype, { registerResourceHook: accept });
}

/** Remembers of each registration what mocks are not told. */
function recordOptions(options: Map<string, RegisterResourceRequest>): void {
  const register = MockMonitor.prototype.registerResource;
  MockMonitor.prototype.registerResource = function (this: MockMonitor, request: RegisterResourceRequest, callback) {
    options.set(`${request.getType()}::${request.getName()}`, request);
    return register.call(this, request, callback);
  };
}

/**
 * Runs `program` against the fake cloud and answers everything it registered, in order.
 * One call a test file is enough in most cases: describe what the result must be in several tests.
 */
export async function deploy(program: () => unknown): Promise<Registered[]> {
  const requests = new Map<string, RegisterResourceRequest>();
  const seen: pulumi.runtime.MockResourceArgs[] = [];
  const original = MockMonitor.prototype.registerResource;
  recordOptions(requests);
  acceptHooks();
  try {
    await pulumi.runtime.setMocks(
      {
        newResource(args) {
          seen.push(args);
          if (args.custom === false) return { id: args.name, state: args.inputs };
          const urn = `urn:pulumi:test::project::${args.type}::${args.name}`;
          const request = { type: args.type, name: args.name, urn, inputs: mapValues(args.inputs) };
          const { id, outputs } = answerCreate({ ...request, inputs: answerCheck(request, providerSettings({})) });
          return { id, state: outputs };
        },
        call(args) {
          const answer = answerInvoke(args.token, args.inputs);
          if (answer === undefined) throw new Error(`no answer for the function ${args.token}`);
          return answer;
        },
      },
      "project",
      "test",
      false,
    );
    await program();
    await pulumi.runtime.disconnect();
  } finally {
    MockMonitor.prototype.registerResource = original;
  }
  return seen.map((args) => toRegistered(args, requests.get(`${args.type}::${args.name}`)));
}

function toRegistered(args: pulumi.runtime.MockResourceArgs, request: RegisterResourceRequest | undefined): Registered {
  const secretInputs: string[] = [];
  const inputs = Object.fromEntries(
    Object.entries(args.inputs).map(([key, value]) => [
      key,
      unwrap(value, () => {
        if (!secretInputs.includes(key)) secretInputs.push(key);
      }),
    ]),
  );
  return {
    type: args.type,
    name: args.name,
    custom: args.custom !== false,
    inputs,
    secretInputs,
    parent: request?.getParent() ? nameOf(request.getParent()) : undefined,
    protect: request?.getProtect() ?? false,
    retainOnDelete: request?.getRetainondelete() ?? false,
    ignoreChanges: request?.getIgnorechangesList() ?? [],
    createTimeout: request?.getCustomtimeouts()?.getCreate() ?? "",
    afterCreate: request?.getHooks()?.getAfterCreateList() ?? [],
    dependsOn: [...new Set((request?.getDependenciesList() ?? []).map(nameOf))].toSorted(),
    dependencies: (request?.getDependenciesList() ?? []).map((urn) => `${typeOf(urn)}::${nameOf(urn)}`).toSorted(),
  };
}

/** The only registered resource of that type and, if given, name; fails when there is none or several. */
export function only(resources: readonly Registered[], type: string, name?: string): Registered {
  const matches = resources.filter(
    (resource) => resource.type === type && (name === undefined || resource.name === name),
  );
  const [match] = matches;
  if (match === undefined || matches.length !== 1) {
    throw new Error(
      `${matches.length} resources of type ${type}${name === undefined ? "" : ` named ${name}`}, expected 1`,
    );
  }
  return match;
}

/** All registered resources of a type, in order of registration. */
export function ofType(resources: readonly Registered[], type: string): Registered[] {
  return resources.filter((resource) => resource.type === type);
}
