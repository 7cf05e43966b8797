import * as grpc from "@grpc/grpc-js";
import type { IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engine from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import monitor from "@pulumi/pulumi/proto/resource_grpc_pb.js";

import { messageOf } from "../../cli/errors.ts";

/** The protocol's own limit for a message. */
export const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** Turns a function into a handler of the protocol; what it throws is answered as an error and told to the run. */
export type Handle = <Request, Answer>(
  handler: (request: Request) => Answer | Promise<Answer>,
) => grpc.handleUnaryCall<Request, Answer>;

export function handlerFor(onError: (error: unknown) => void): Handle {
  return (handler) => (call, callback) => {
    const fail = (error: unknown) => {
      onError(error);
      callback({ code: grpc.status.FAILED_PRECONDITION, details: messageOf(error) });
    };
    try {
      const answer = handler(call.request);
      if (answer instanceof Promise)
        answer.then((value) => {
          callback(null, value);
        }, fail);
      else callback(null, answer);
    } catch (error) {
      fail(error);
    }
  };
}

export interface RunningServer {
  /** `127.0.0.1:port` */
  readonly address: string;
  readonly stop: () => void;
}

/** Serves both services of the engine on a free port of this machine. */
export async function serve(services: {
  readonly monitor: IResourceMonitorServer;
  readonly engine: IEngineServer;
}): Promise<RunningServer> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  server.addService(monitor.ResourceMonitorService, services.monitor);
  server.addService(engine.EngineService, services.engine);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    stop: () => {
      server.forceShutdown();
    },
  };
}
