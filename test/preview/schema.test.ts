import { describe, expect, it } from "vitest";

import { validate } from "../../preview/analyzer/schema.ts";

describe("the check of settings", () => {
  it.each([
    { title: "accepts a whole number where a number is wanted", schema: { type: "number" }, value: 3, problems: [] },
    {
      title: "rejects a fraction where a whole number is wanted",
      schema: { type: "integer" },
      value: 3.5,
      problems: ["the value is number, must be integer"],
    },
    { title: "accepts one of several types", schema: { type: ["string", "null"] }, value: null, problems: [] },
    { title: "accepts a number at its limit", schema: { minimum: 7, maximum: 7 }, value: 7, problems: [] },
    {
      title: "rejects a number at an exclusive limit",
      schema: { exclusiveMinimum: 7 },
      value: 7,
      problems: ["the value must be more than 7, is 7"],
    },
    {
      title: "rejects a text that is too long",
      schema: { maxLength: 2 },
      value: "abc",
      problems: ["the value must have a length of at most 2, is 3"],
    },
    {
      title: "rejects a text of another form",
      schema: { pattern: "^a+$" },
      value: "b",
      problems: ["the value must match ^a+$"],
    },
    {
      title: "rejects a value that is not listed",
      schema: { enum: ["a", "b"] },
      value: "c",
      problems: ['the value must be one of "a", "b"'],
    },
    { title: "compares listed values by content", schema: { enum: [{ a: 1 }] }, value: { a: 1 }, problems: [] },
    {
      title: "rejects a list that is too short",
      schema: { minItems: 1 },
      value: [],
      problems: ["the value must have a number of entries of at least 1, is 0"],
    },
    {
      title: "rejects entries of a list by their place",
      schema: { items: { type: "string" } },
      value: ["a", 1],
      problems: ["[1] is integer, must be string"],
    },
    {
      title: "rejects what is listed twice",
      schema: { uniqueItems: true },
      value: ["a", "a"],
      problems: [" must not repeat an entry"],
    },
    { title: "names a missing key", schema: { required: ["a"] }, value: {}, problems: ["a is required"] },
    {
      title: "rejects a key too many",
      schema: { properties: {}, additionalProperties: false },
      value: { a: 1 },
      problems: ["a is not a setting of this rule"],
    },
    {
      title: "names nested values by path",
      schema: { properties: { a: { properties: { b: { type: "string" } } } } },
      value: { a: { b: 1 } },
      problems: ["a.b is integer, must be string"],
    },
  ])("$title", ({ schema, value, problems }) => {
    expect(validate(schema, value)).toEqual(problems);
  });
});
