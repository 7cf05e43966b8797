import type { IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import type { LogLine, Severity } from "./model.ts";
import type { Handle } from "./server.ts";

const SEVERITIES: Readonly<Record<number, Severity>> = {
  [engine.LogSeverity.INFO]: "info",
  [engine.LogSeverity.WARNING]: "warning",
  [engine.LogSeverity.ERROR]: "error",
};

/** The engine's own service: what the program says, and its root resource. `log` gets every line but debug ones. */
export function engineService(handle: Handle, log: (line: LogLine) => void): IEngineServer {
  let root = "";
  return {
    log: handle((request) => {
      const severity = SEVERITIES[request.getSeverity()];
      const urn = request.getUrn();
      if (severity !== undefined)
        log({ severity, message: request.getMessage().trimEnd(), urn: urn === "" ? undefined : urn });
      return new empty.Empty();
    }),
    getRootResource: handle(() => new engine.GetRootResourceResponse().setUrn(root)),
    setRootResource: handle((request) => {
      root = request.getUrn();
      return new engine.SetRootResourceResponse();
    }),
    startDebugging: handle(() => new empty.Empty()),
    // The preview stands for the release that the project pins.
    requirePulumiVersion: handle(() => new engine.RequirePulumiVersionResponse()),
  };
}
