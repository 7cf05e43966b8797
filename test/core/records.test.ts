import { describe, expect, it } from "vitest";

import { isRecord } from "../../core/records.ts";

describe("a record", () => {
  it.each([{ value: {} }, { value: { a: 1 } }, { value: Object.create(null) }])("is $value", ({ value }) => {
    expect(isRecord(value)).toBe(true);
  });

  it.each([{ value: null }, { value: [] }, { value: "text" }, { value: undefined }, { value: () => ({}) }])(
    "is not $value",
    ({ value }) => {
      expect(isRecord(value)).toBe(false);
    },
  );
});
