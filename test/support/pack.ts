import { join } from "node:path";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";

import type { RunningPack } from "../../preview/analyzer/pack.ts";
import { startPack } from "../../preview/analyzer/pack.ts";

export const ROOT = join(import.meta.dirname, "..", "..");

/** Starts the pack of a folder as the engine does. */
export function start(folder: string): Promise<RunningPack> {
  return startPack(folder, {
    project: "project",
    environment: "test",
    configuration: { values: {}, secretKeys: [] },
    unknowns: false,
    root: ROOT,
  });
}

/** Everything the pack says about its rules. */
export function infoOf({ client }: RunningPack): Promise<AnalyzerInfo.AsObject> {
  return new Promise((resolve, reject) => {
    client.getAnalyzerInfo(new empty.Empty(), (error, info) => {
      if (error !== null) reject(error);
      else resolve(info.toObject());
    });
  });
}

/** "rule: message" for each diagnostic about one resource, over the wire. */
export function analyze(
  { client }: RunningPack,
  type: string,
  props: Record<string, JavaScriptValue>,
): Promise<string[]> {
  const request = new analyzer.AnalyzeRequest()
    .setType(type)
    .setName("subject")
    .setUrn(`urn:pulumi:test::project::${type}::subject`)
    .setProperties(struct.Struct.fromJavaScript(props))
    .setOptions(new analyzer.AnalyzerResourceOptions());
  return new Promise((resolve, reject) => {
    client.analyze(request, (error, answer) => {
      if (error !== null) reject(error);
      else
        resolve(
          answer.getDiagnosticsList().map((diagnostic) => `${diagnostic.getPolicyname()}: ${diagnostic.getMessage()}`),
        );
    });
  });
}
