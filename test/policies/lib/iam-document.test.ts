import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Finding } from "../../../core/finding.ts";
import type { DocumentKind } from "../../../policies/lib/iam-document.ts";
import { allowedBy, coversEverything, includes, narrows, overlap } from "../../../policies/lib/iam-document.ts";

const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWN_NUMBER = "3eeb2bf0-c639-47a8-9e75-3b44932eb421";

function parse(value: unknown, kind: DocumentKind = "permissions") {
  const findings: Finding[] = [];
  const statements = allowedBy(value, "policy", kind, (finding) => {
    findings.push(finding);
  });
  return { statements, malformed: findings.map(({ found }) => found) };
}

describe("allowedBy", () => {
  it("reads text and objects alike, and single values as lists", () => {
    const document = {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" },
    };
    expect(parse(document)).toEqual(parse(JSON.stringify(document)));
    expect(parse(document)).toEqual({
      malformed: [],
      statements: [
        {
          path: "policy.Statement[0]",
          action: { key: "Action", values: ["s3:GetObject"], patterns: ["s3:GetObject"] },
          resource: { key: "Resource", values: ["arn:aws:s3:::a/*"], patterns: ["arn:aws:s3:::a/*"] },
          principals: [],
          conditions: [],
        },
      ],
    });
  });

  it("leaves denials out but keeps the position of what follows", () => {
    const deny = { Effect: "Deny", Action: "*", Resource: "*" };
    expect(parse({ Statement: [deny, { ...deny, Effect: "Allow" }] }).statements.map(({ path }) => path)).toEqual([
      "policy.Statement[1]",
    ]);
  });

  it("takes a Not-element for everything", () => {
    const [statement] = parse({
      Statement: { Effect: "Allow", NotAction: "iam:*", NotResource: ["a", "b"] },
    }).statements;
    expect(statement?.action).toEqual({ key: "NotAction", values: ["iam:*"], patterns: ["*"] });
    expect(statement?.resource).toEqual({ key: "NotResource", values: ["a", "b"], patterns: ["*"] });
  });

  it("names principals by kind, and everyone for a star or a NotPrincipal", () => {
    const statement = { Effect: "Allow", Action: "sts:AssumeRole" };
    const principals = (extra: object) =>
      parse({ Statement: { ...statement, ...extra } }, "trust").statements[0]?.principals;
    expect(principals({ Principal: { AWS: ["a", "b"], Service: "c" } })).toEqual([
      { kind: "AWS", value: "a" },
      { kind: "AWS", value: "b" },
      { kind: "Service", value: "c" },
    ]);
    expect(principals({ Principal: "*" })).toEqual([{ kind: "AWS", value: "*" }]);
    expect(principals({ NotPrincipal: { AWS: "a" } })).toEqual([{ kind: "AWS", value: "*" }]);
  });

  it("lists each test of a condition with its values as text", () => {
    const Condition = { Bool: { "aws:SecureTransport": true }, StringEquals: { a: ["x", "y"], b: "z" } };
    expect(
      parse({ Statement: { Effect: "Allow", Action: "a:b", Resource: "*", Condition } }).statements[0]?.conditions,
    ).toEqual([
      { operator: "Bool", key: "aws:SecureTransport", values: ["true"] },
      { operator: "StringEquals", key: "a", values: ["x", "y"] },
      { operator: "StringEquals", key: "b", values: ["z"] },
    ]);
  });

  it.each([
    { title: "text that is no JSON", value: "not json", malformed: "text that is no JSON" },
    { title: "JSON of something else", value: "[]", malformed: "neither an object nor JSON of one" },
    { title: "nothing", value: undefined, malformed: "neither an object nor JSON of one" },
    { title: "no statement", value: {}, malformed: "a document without Statement" },
    { title: "a statement that is text", value: { Statement: ["x"] }, malformed: "Statement[0] is no object" },
    {
      title: "an effect in the wrong case",
      value: { Statement: { Effect: "allow" } },
      malformed: "Statement[0].Effect is neither Allow nor Deny",
    },
    {
      title: "no action",
      value: { Statement: { Effect: "Allow", Resource: "*" } },
      malformed: "Statement[0] has no Action",
    },
    {
      title: "no resource",
      value: { Statement: { Effect: "Allow", Action: "a:b" } },
      malformed: "Statement[0] has no Resource",
    },
    {
      title: "an element and its opposite",
      value: { Statement: { Effect: "Allow", Action: "a:b", NotAction: "c:d", Resource: "*" } },
      malformed: "Statement[0] has both Action and NotAction",
    },
    {
      title: "an empty list",
      value: { Statement: { Effect: "Deny", Action: [], Resource: "*" } },
      malformed: "Statement[0].Action is an empty list",
    },
    {
      title: "a number as action",
      value: { Statement: { Effect: "Allow", Action: [1], Resource: "*" } },
      malformed: "Statement[0].Action holds something other than text",
    },
    {
      title: "a condition that is text",
      value: { Statement: { Effect: "Allow", Action: "a:b", Resource: "*", Condition: { StringEquals: "x" } } },
      malformed: "Statement[0].Condition.StringEquals is no object",
    },
  ])("reports $title", ({ value, malformed }) => {
    expect(parse(value)).toEqual({ statements: [], malformed: [`a malformed document (${malformed})`] });
  });

  it("repeats nothing of a document it cannot read", () => {
    expect(JSON.stringify(parse('{"password": "hunter2"'))).not.toContain("hunter2");
  });

  it.each([UNKNOWN_TEXT, UNKNOWN_NUMBER])(
    "is undetermined when the text holds the engine's word for an unknown (%s)",
    (sentinel) => {
      expect(() => parse(`{"Statement":[],"Id":"x-${sentinel}"}`)).toThrow(
        "value at .policy can't be known during preview",
      );
    },
  );
});

describe("coversEverything", () => {
  const covers = (pattern: string) => coversEverything({ key: "Resource", values: [pattern], patterns: [pattern] });

  it.each(["*", "**", "arn:*", "arn:aws:*", "arn:aws:*:*:*:*", "arn:*:*:*:*:*"])("is true for %s", (pattern) => {
    expect(covers(pattern)).toBe(true);
  });

  it.each(["arn:aws:s3:::*", "arn:aws:iam::111122223333:role/*", "arn:aws:sqs:eu-west-1:111122223333:orders", "arn"])(
    "is false for %s",
    (pattern) => {
      expect(covers(pattern)).toBe(false);
    },
  );
});

describe("narrows", () => {
  it("is false for a pattern that everything matches, alone or beside others", () => {
    expect(narrows({ operator: "StringLike", key: "k", values: ["a", "*"] })).toBe(false);
    expect(narrows({ operator: "ArnLike", key: "k", values: ["*"] })).toBe(false);
  });

  it("is true where the star is a text like others", () => {
    expect(narrows({ operator: "StringEquals", key: "k", values: ["*"] })).toBe(true);
    expect(narrows({ operator: "StringLike", key: "k", values: ["a*"] })).toBe(true);
  });
});

describe("patterns", () => {
  const pattern = fc
    .array(fc.constantFrom("a", "b", "*", "?"), { maxLength: 6 })
    .map((characters) => characters.join(""));
  const word = fc.array(fc.constantFrom("a", "b"), { maxLength: 8 }).map((characters) => characters.join(""));

  it("overlap when some word matches both", () => {
    fc.assert(
      fc.property(pattern, pattern, word, (left, right, text) => {
        fc.pre(includes(left, text) && includes(right, text));
        expect(overlap(left, right)).toBe(true);
      }),
    );
  });

  it("overlap only when some word matches both", () => {
    const words = [""];
    for (const text of words) if (text.length < 6) words.push(`${text}a`, `${text}b`);
    const short = fc
      .array(fc.constantFrom("a", "b", "*", "?"), { maxLength: 3 })
      .map((characters) => characters.join(""));
    fc.assert(
      fc.property(short, short, (left, right) => {
        // Two patterns of three characters that overlap do so in a word of at most six.
        expect(overlap(left, right)).toBe(words.some((text) => includes(left, text) && includes(right, text)));
      }),
    );
  });

  it("include each other only if every word of the narrower one is in the wider one", () => {
    fc.assert(
      fc.property(pattern, pattern, word, (wide, narrow, text) => {
        fc.pre(includes(wide, narrow) && includes(narrow, text));
        expect(includes(wide, text)).toBe(true);
      }),
    );
  });

  it("ignore case and take nothing for a special character", () => {
    expect(overlap("IAM:Pass*", "iam:passrole")).toBe(true);
    expect(includes("s3:get.bject", "s3:getObject")).toBe(false);
    expect(includes("s3:Get*", "S3:GETOBJECT")).toBe(true);
  });
});
