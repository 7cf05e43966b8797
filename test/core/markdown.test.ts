import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { code, fence, prose, row } from "../../core/markdown.ts";

describe("prose", () => {
  it.each([
    ["Use <environment>.", "Use &lt;environment&gt;."],
    ["<b>x</b> & y", "&lt;b&gt;x&lt;/b&gt; &amp; y"],
    ["Set `principals: <role>` in <file>.", "Set `principals: <role>` in &lt;file&gt;."],
    ["``a ` b`` <c>", "``a ` b`` &lt;c&gt;"],
    ["one ` tick <c>", "one \\` tick &lt;c&gt;"],
    ['Action "*" on "*"', 'Action "\\*" on "\\*"'],
    ["arn of ref~1f~arn~, ![x](y)", "arn of ref\\~1f\\~arn\\~, ![x\\](y)"],
    ["services[].needs", "services[].needs"],
    ["snake_case and _not_", "snake_case and \\_not\\_"],
    ["C:\\<x>", "C:\\\\&lt;x&gt;"],
  ])("shows %s as it is", (text, markdown) => {
    expect(prose(text)).toBe(markdown);
  });
});

describe("code", () => {
  it.each([
    ["a.b[0]", "`a.b[0]`"],
    ["<role> & *", "`<role> & *`"],
    ["a ` b", "``a ` b``"],
    ["`a", "`` `a ``"],
    ["two\n lines", "`two lines`"],
    ["", ""],
  ])("holds %s, whatever back-ticks are in it", (text, markdown) => {
    expect(code(text)).toBe(markdown);
  });
});

describe("a row", () => {
  it("keeps bars and lines inside their cells, also in code", () => {
    expect(row([code("a|b"), prose("private | owner\n  or none"), ""])).toBe(
      "| `a\\|b` | private \\| owner or none |  |",
    );
    // A backslash that stands before a bar would take the escape for itself.
    expect(row([code("a\\|b")])).toBe("| `a\\\\\\|b` |");
  });

  it("has as many cells as it was given, whatever they hold", () => {
    const hard = fc
      .array(fc.constantFrom("a", "<b>", "&", "|", "\\", "`", "*", "_", "~", "]", "(", "\n", " "))
      .map((signs) => signs.join(""));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(prose, code), hard), { minLength: 1 }), (cells) => {
        const line = row(cells.map(([write, text]) => write(text)));
        // As a reader splits it: a backslash takes the sign behind it out of the way.
        const bars = [...line.matchAll(/\\[^]|\|/g)].filter(([sign]) => sign === "|").length;
        expect(bars).toBe(cells.length + 1);
        expect(line).not.toContain("\n");
      }),
    );
  });
});

describe("a fence", () => {
  it("is three back-ticks where that is enough", () => {
    expect(fence("Broken.", "text")).toEqual(["```text", "Broken.", "```"]);
  });

  it("is longer than any run of back-ticks in the text", () => {
    expect(fence("a value:\n```\n# Approved\n`````", "text")).toEqual([
      "``````text",
      "a value:",
      "```",
      "# Approved",
      "`````",
      "``````",
    ]);
  });
});
