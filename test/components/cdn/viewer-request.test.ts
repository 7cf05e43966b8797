import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import ts from "typescript";
import { describe, expect, it } from "vitest";

import type { Frontend, ViewerRequestSettings } from "../../../components/cdn/viewer-request.ts";
import { renderViewerRequest } from "../../../components/cdn/viewer-request.ts";

const SOURCE = readFileSync(new URL("../../../components/cdn/viewer-request.js", import.meta.url), "utf8");

const FRONTENDS: readonly Frontend[] = [
  { name: "shop", path: "/", release: "2026.11.1", routing: "spa" },
  { name: "docs", path: "/docs", release: "v7", routing: "pages" },
];
const OFF = { enabled: false, retryAfterSeconds: 600 };

/** Runs the function as CloudFront does: a bare context with the language's own objects, no modules, no eval, no host objects. */
function ask(uri: string, settings: ViewerRequestSettings = { frontends: FRONTENDS, maintenance: OFF }) {
  const context = createContext(
    {
      event: JSON.stringify({
        version: "1.0",
        context: { eventType: "viewer-request" },
        request: { method: "GET", uri, querystring: {}, headers: {}, cookies: {} },
      }),
    },
    {
      codeGeneration: { strings: false, wasm: false },
    },
  );
  return JSON.parse(
    runInContext(`${renderViewerRequest(SOURCE, settings)}\nJSON.stringify(handler(JSON.parse(event)));`, context, {
      // Ends a loop without end; what the function may take is not measured here.
      timeout: 30_000,
    }),
  );
}

describe("page routing", () => {
  it.each([
    ["the root to the application's page", "/", "/releases/shop/2026.11.1/index.html"],
    ["a path of the application to its page", "/cart/42", "/releases/shop/2026.11.1/index.html"],
    [
      "a dot in the middle of a path to the application all the same",
      "/v1.2/start",
      "/releases/shop/2026.11.1/index.html",
    ],
    ["a file to itself", "/favicon.ico", "/releases/shop/2026.11.1/favicon.ico"],
    ["the root of a mount to its page", "/docs", "/releases/docs/v7/index.html"],
    ["the root of a mount with a slash to its page", "/docs/", "/releases/docs/v7/index.html"],
    ["a pretty address to the page of its folder", "/docs/about", "/releases/docs/v7/about/index.html"],
    ["a folder to its page", "/docs/guide/", "/releases/docs/v7/guide/index.html"],
    ["a file below a mount to itself", "/docs/feed.xml", "/releases/docs/v7/feed.xml"],
    ["a path that only begins like a mount elsewhere", "/docsearch", "/releases/shop/2026.11.1/index.html"],
  ])("leads %s", (_title, uri, expected) => {
    expect(ask(uri).uri).toBe(expected);
  });

  it("answers 404 where nothing is mounted", () => {
    expect(ask("/x", { frontends: FRONTENDS.slice(1), maintenance: OFF })).toMatchObject({ statusCode: 404 });
  });

  it("changes the path only", () => {
    expect(ask("/cart")).toEqual({
      method: "GET",
      uri: "/releases/shop/2026.11.1/index.html",
      querystring: {},
      headers: {},
      cookies: {},
    });
  });

  it("rolls a front end back by its release alone", () => {
    const [shop, ...others] = FRONTENDS;
    const rolledBack = shop === undefined ? others : [{ ...shop, release: "2026.10.9" }, ...others];
    expect(ask("/", { frontends: rolledBack, maintenance: OFF }).uri).toBe("/releases/shop/2026.10.9/index.html");
  });
});

describe("maintenance", () => {
  it("answers every page with 503, when to come again, and nothing to keep", () => {
    for (const uri of ["/", "/docs/about", "/favicon.ico"]) {
      const answer = ask(uri, { frontends: FRONTENDS, maintenance: { enabled: true, retryAfterSeconds: 900 } });
      expect(answer.statusCode).toBe(503);
      expect(answer.headers).toMatchObject({ "retry-after": { value: "900" }, "cache-control": { value: "no-store" } });
      expect(answer.body.data).toContain("back shortly");
    }
  });
});

describe("renderViewerRequest", () => {
  it("asks the longest mount first, whatever the order in the stack file", () => {
    const turned = renderViewerRequest(SOURCE, { frontends: FRONTENDS.toReversed(), maintenance: OFF });
    expect(turned).toBe(renderViewerRequest(SOURCE, { frontends: FRONTENDS, maintenance: OFF }));
  });

  it("refuses a source that has no place for the settings", () => {
    expect(() => renderViewerRequest("function handler() {}", { frontends: FRONTENDS, maintenance: OFF })).toThrow(
      "no single place",
    );
  });

  it("refuses a function that CloudFront would not take", () => {
    const many = Array.from({ length: 100 }, (_, index) => ({
      name: `front-end-${index}`,
      path: `/front-end-${index}`,
      release: "2026.11.1",
      routing: "spa" as const,
    }));
    expect(() => renderViewerRequest(SOURCE, { frontends: many, maintenance: OFF })).toThrow("10240");
  });
});

describe("the language of the function", () => {
  // What cloudfront-js-2.0 does not parse. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
  const MISSING = new Set([
    ts.SyntaxKind.QuestionDotToken,
    ts.SyntaxKind.QuestionQuestionToken,
    ts.SyntaxKind.SpreadAssignment,
    ts.SyntaxKind.ClassDeclaration,
    ts.SyntaxKind.ImportDeclaration,
    ts.SyntaxKind.ExportKeyword,
    ts.SyntaxKind.ForOfStatement,
    ts.SyntaxKind.ObjectBindingPattern,
  ]);

  it("has only syntax which the runtime knows", () => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (MISSING.has(node.kind)) found.push(ts.SyntaxKind[node.kind]);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile("viewer-request.js", SOURCE, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS));
    expect(found).toEqual([]);
  });
});
