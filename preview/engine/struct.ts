import struct from "google-protobuf/google/protobuf/struct_pb.js";

import type { Properties } from "./wire.ts";
import { isRecord, plainProperties } from "./wire.ts";

function toJavaScriptValue(value: unknown): struct.JavaScriptValue {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(toJavaScriptValue);
  if (isRecord(value)) return toJavaScript(value);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  throw new TypeError(`a property holds a ${typeof value}, which the protocol cannot carry`);
}

function toJavaScript(properties: Properties): Record<string, struct.JavaScriptValue> {
  const result: Record<string, struct.JavaScriptValue> = {};
  for (const [key, value] of Object.entries(properties)) {
    // An absent value and an absent key are the same to the engine.
    if (value !== undefined) result[key] = toJavaScriptValue(value);
  }
  return result;
}

/** Properties as a protocol message. */
export function structOf(properties: Properties): struct.Struct {
  return struct.Struct.fromJavaScript(toJavaScript(properties));
}

/** What a message of the program holds, plain. */
export function propertiesOf(message: struct.Struct | undefined): Properties {
  return message === undefined ? {} : plainProperties(message.toJavaScript());
}
