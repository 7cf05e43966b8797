import { isDeepStrictEqual } from "node:util";
import * as grpc from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import providerServices from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type {
  CheckRequest,
  ConfigureRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  InvokeRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import {
  answerCheck,
  answerCreate,
  answerInvoke,
  answerPreview,
  answerUpdate,
  providerSettings,
} from "../../../preview/cloud/fake-cloud.ts";
import { handlerFor, MAX_MESSAGE_BYTES } from "../../../preview/engine/server.ts";
import { propertiesOf, structOf } from "../../../preview/engine/struct.ts";
import { nameOf, typeOf } from "../../../preview/engine/urn.ts";
import type { Properties } from "../../../preview/engine/wire.ts";
import { unwrapped } from "../../../preview/engine/wire.ts";
import { accountOf } from "./account.ts";

/*
 * A provider process for the real engine that answers as the preview's cloud does: from one and the same module. It speaks the
 * protocol itself, because the SDK's server plans nothing: to that one, a preview of a creation is its inputs.
 */

const [, , version = "1.0.0"] = process.argv;

const account = accountOf(process.env);

/** Functions that find nothing, by token with spaces between: an account in which something was not put in yet. */
const lacking = new Set((process.env["PREFLIGHT_FAKE_LACKS"] ?? "").split(" "));

let settings = providerSettings({});

const requestOf = (urn: string, inputs: Properties) => ({ type: typeOf(urn), name: nameOf(urn), urn, inputs });

function configure(request: ConfigureRequest) {
  settings = providerSettings(propertiesOf(request.getArgs()));
  return new provider.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
}

function check(request: CheckRequest) {
  const inputs = answerCheck(requestOf(request.getUrn(), propertiesOf(request.getNews())), settings);
  return new provider.CheckResponse().setInputs(structOf(inputs));
}

/** Changed is what has other inputs: what others did to the object in the meantime is no change of the program's. */
function diff(request: DiffRequest) {
  const same = isDeepStrictEqual(
    unwrapped(propertiesOf(request.getOldInputs())),
    unwrapped(propertiesOf(request.getNews())),
  );
  const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
  return new provider.DiffResponse().setChanges(same ? DIFF_NONE : DIFF_SOME);
}

async function create(request: CreateRequest) {
  const asked = requestOf(request.getUrn(), propertiesOf(request.getProperties()));
  // Asked about an object of Kubernetes in a preview, the provider has a cluster, and lets it try.
  const isPlan = request.getPreview() && !asked.type.startsWith("kubernetes:");
  const { id, outputs } = isPlan ? answerPreview(asked) : answerCreate(asked);
  if (!request.getPreview()) await account?.make({ ...asked, id, outputs });
  return new provider.CreateResponse().setId(request.getPreview() ? "" : id).setProperties(structOf(outputs));
}

function update(request: UpdateRequest) {
  const asked = requestOf(request.getUrn(), propertiesOf(request.getNews()));
  const old = { inputs: propertiesOf(request.getOldInputs()), outputs: propertiesOf(request.getOlds()) };
  const outputs = answerUpdate(asked, old);
  if (!request.getPreview()) account?.change({ ...asked, id: request.getId(), outputs });
  return new provider.UpdateResponse().setProperties(structOf(outputs));
}

/** What is in the account; without one, what the state says. Inputs are the program's still, whatever others changed. */
function read(request: ReadRequest) {
  const known = { outputs: propertiesOf(request.getProperties()), inputs: propertiesOf(request.getInputs()) };
  const { outputs, inputs } = account?.find(request.getUrn()) ?? known;
  return new provider.ReadResponse()
    .setId(request.getId())
    .setProperties(structOf(outputs))
    .setInputs(structOf(inputs));
}

function remove(request: DeleteRequest) {
  account?.remove(request.getUrn());
  return new empty.Empty();
}

function invoke(request: InvokeRequest) {
  if (lacking.has(request.getTok())) throw new Error("ImageNotFoundException: it does not exist");
  const outputs = answerInvoke(request.getTok(), propertiesOf(request.getArgs()));
  if (outputs === undefined) throw new Error(`no answer for the function ${request.getTok()}`);
  return new provider.InvokeResponse().setReturn(structOf(outputs));
}

const handle = handlerFor((error) => {
  console.error(error);
});

const server = new grpc.Server({
  "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
  "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
});
// What is not here (configuration checks, components, mappings) the server calls unimplemented, and the engine does without.
server.addService(providerServices.ResourceProviderService, {
  getPluginInfo: handle(() => new plugin.PluginInfo().setVersion(version)),
  getSchema: handle(() => new provider.GetSchemaResponse().setSchema("{}")),
  configure: handle(configure),
  check: handle(check),
  diff: handle(diff),
  create: handle(create),
  update: handle(update),
  read: handle(read),
  delete: handle(remove),
  cancel: handle(() => new empty.Empty()),
  attach: handle(() => new empty.Empty()),
  invoke: handle(invoke),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  // The engine reads the port from the first line.
  console.log(port);
});
