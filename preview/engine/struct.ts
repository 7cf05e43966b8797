import struct from "google-protobuf/google/protobuf/struct_pb.js";

import { isRecord } from "../../core/records.ts";
import type { Properties } from "./wire.ts";
import { plainProperties } from "./wire.ts";

function valueOf(value: unknown): struct.Value {
  const message = new struct.Value();
  if (value === null || value === undefined) return message.setNullValue(struct.NullValue.NULL_VALUE);
  if (typeof value === "string") return message.setStringValue(value);
  if (typeof value === "number") return message.setNumberValue(value);
  if (typeof value === "boolean") return message.setBoolValue(value);
  if (Array.isArray(value)) return message.setListValue(new struct.ListValue().setValuesList(value.map(valueOf)));
  if (isRecord(value)) return message.setStructValue(structOf(value));
  throw new TypeError(`a property holds a ${typeof value}, which the protocol cannot carry`);
}

/** Properties as a protocol message. */
export function structOf(properties: Properties): struct.Struct {
  const message = new struct.Struct();
  const fields = message.getFieldsMap();
  for (const [key, value] of Object.entries(properties)) {
    // An absent value and an absent key are the same to the engine.
    if (value !== undefined) fields.set(key, valueOf(value));
  }
  return message;
}

/** What a message of the program holds, plain. */
export function propertiesOf(message: struct.Struct | undefined): Properties {
  return message === undefined ? {} : plainProperties(message.toJavaScript());
}
