import { describe, expect, it } from "vitest";

import { makeUrn, nameOf, typeOf } from "../../preview/engine/urn.ts";

const at = (parent: string | undefined, type: string, name: string) =>
  makeUrn({ stack: "staging", project: "shop", parent, type, name });

describe("URNs", () => {
  const stack = at(undefined, "pulumi:pulumi:Stack", "shop-staging");

  it("hold stack, project, type and name", () => {
    expect(stack).toBe("urn:pulumi:staging::shop::pulumi:pulumi:Stack::shop-staging");
  });

  it("do not hold the stack's type below the stack", () => {
    expect(at(stack, "aws:s3/bucket:Bucket", "logs")).toBe("urn:pulumi:staging::shop::aws:s3/bucket:Bucket::logs");
  });

  it("hold the types of all parents below components", () => {
    const outer = at(stack, "shop:data:Data", "data");
    const inner = at(outer, "shop:data:Vault", "data-vault");
    expect(at(inner, "aws:s3/bucket:Bucket", "logs")).toBe(
      "urn:pulumi:staging::shop::shop:data:Data$shop:data:Vault$aws:s3/bucket:Bucket::logs",
    );
  });

  it("tell the resource's own type and name", () => {
    const urn = "urn:pulumi:staging::shop::shop:data:Data$aws:s3/bucket:Bucket::a::b";
    expect(typeOf(urn)).toBe("aws:s3/bucket:Bucket");
    expect(nameOf(urn)).toBe("a::b");
  });
});
