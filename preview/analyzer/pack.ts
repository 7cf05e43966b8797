import { existsSync } from "node:fs";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzerServices from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";

import type { Child } from "../../cli/process.ts";
import { start } from "../../cli/process.ts";
import { childEnvironment, LAZY_MODULES, sdkScript } from "../engine/sdk-process.ts";
import { MAX_MESSAGE_BYTES } from "../engine/server.ts";
import { PreviewProblem } from "../problem.ts";
import type { StackConfiguration } from "../stack-file.ts";

/** The stack that a pack is started for. */
export interface PackContext {
  readonly project: string;
  readonly environment: string;
  readonly configuration: StackConfiguration;
  readonly unknowns: boolean;
  /** Folder of the project, where compiled code is kept. */
  readonly root: string;
}

/** A pack's process, ready to be asked. */
export interface RunningPack {
  readonly client: AnalyzerClient;
  readonly child: Child;
  readonly stop: () => void;
}

/** The port is the first line of standard output; the engine reads it the same way. */
async function portOf(child: Child, folder: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const look = () => {
    const [line, rest] = child.stdout().split("\n");
    if (rest === undefined || line === undefined) return;
    if (/^\d+$/.test(line.trim())) resolve(line.trim());
    else
      reject(
        new PreviewProblem(
          "pack-failed",
          `The policy pack ${folder} printed "${line}" before its port. Nothing may be printed there while it starts.`,
        ),
      );
  };
  child.process.stdout.on("data", look);
  void child.ended.then((code) => {
    const text = child.stderr().trim();
    reject(
      new PreviewProblem(
        "pack-failed",
        `The policy pack ${folder} did not start (${String(code)}).${text === "" ? "" : `\n${text}`}`,
      ),
    );
  });
  look();
  return promise;
}

function checkFolder(folder: string): void {
  for (const file of ["PulumiPolicy.yaml", "package.json"]) {
    if (!existsSync(join(folder, file)))
      throw new PreviewProblem("pack-missing", `There is no policy pack in ${folder}: ${file} is missing.`);
  }
}

/** Starts a policy pack as the engine's language host does. */
export async function startPack(folder: string, context: PackContext): Promise<RunningPack> {
  checkFolder(folder);
  const child = start(sdkScript(folder, "run-policy-pack"), ["127.0.0.1:0", folder], {
    cwd: folder,
    nodeFlags: LAZY_MODULES,
    env: childEnvironment(context.root, {
      PULUMI_NODEJS_ORGANIZATION: "organization",
      PULUMI_NODEJS_PROJECT: context.project,
      PULUMI_NODEJS_STACK: context.environment,
      PULUMI_NODEJS_DRY_RUN: String(context.unknowns),
      PULUMI_CONFIG: JSON.stringify(context.configuration.values),
    }),
  });
  try {
    const port = await portOf(child, folder);
    const client = new analyzerServices.AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
      "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
      "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
    });
    return {
      client,
      child,
      stop: () => {
        client.close();
        child.kill();
      },
    };
  } catch (error) {
    child.kill();
    throw error;
  }
}
