import { describe, expect, it } from "vitest";

import { propertiesOf, structOf } from "../../preview/engine/struct.ts";
import {
  holdsSecret,
  isSecret,
  makeSecret,
  masked,
  plainProperties,
  UNKNOWN,
  unwrapped,
} from "../../preview/engine/wire.ts";

const KEY = "4dabf18193072939515e22adb298388d";
const reference = (urn: string, id?: string) => ({
  [KEY]: "5cf8f73096256a8f31e491e813e4eb8e",
  urn,
  ...(id === undefined ? {} : { id }),
});
const output = (rest: object) => ({ [KEY]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...rest });

describe("values of the protocol", () => {
  it("become the id of a referred resource, or the URN of what has none", () => {
    expect(plainProperties({ bucket: reference("urn:a", "id-a"), group: [reference("urn:b")] })).toEqual({
      bucket: "id-a",
      group: ["urn:b"],
    });
  });

  it("become the value of an output, secret or unknown where it was", () => {
    expect(
      plainProperties({
        a: output({ value: 3, dependencies: ["urn:x"] }),
        b: output({}),
        c: output({ value: "x", secret: true }),
      }),
    ).toEqual({
      a: 3,
      b: UNKNOWN,
      c: makeSecret("x"),
    });
  });

  it("keep assets without the SDK's own marks", () => {
    const asset = { [KEY]: "c44067f5952c0a294b673a41bacd8c17", __pulumiAsset: true, text: "x" };
    expect(plainProperties({ code: asset })).toEqual({
      code: { [KEY]: "c44067f5952c0a294b673a41bacd8c17", text: "x" },
    });
  });

  it("go through a message and back", () => {
    const properties = {
      text: "a",
      number: 1.5,
      yes: true,
      none: null,
      list: [1, { b: "c" }],
      secret: makeSecret({ deep: ["x"] }),
      unknown: UNKNOWN,
    };
    expect(propertiesOf(structOf(properties))).toEqual(properties);
  });

  it("leave absent values out of a message", () => {
    expect(propertiesOf(structOf({ a: undefined, b: 1 }))).toEqual({ b: 1 });
  });

  it("refuse what the protocol cannot carry", () => {
    expect(() => structOf({ a: () => 1 })).toThrow("a function");
  });
});

describe("secrets", () => {
  const value = { plain: "a", deep: [{ password: makeSecret("hunter2") }], late: UNKNOWN };

  it("are masked for readers, wherever they stand", () => {
    expect(masked(value)).toEqual({ plain: "a", deep: [{ password: "[secret]" }], late: "[unknown]" });
  });

  it("are found at any depth", () => {
    expect(holdsSecret(value)).toBe(true);
    expect(holdsSecret({ plain: ["a"] })).toBe(false);
  });

  it("are not wrapped twice", () => {
    expect(makeSecret(makeSecret("x"))).toEqual(makeSecret("x"));
    expect(isSecret(makeSecret(undefined))).toBe(true);
  });

  it("are taken out where a value is needed", () => {
    expect(unwrapped(value)).toEqual({ plain: "a", deep: [{ password: "hunter2" }], late: UNKNOWN });
  });
});
