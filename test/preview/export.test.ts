import { describe, expect, it } from "vitest";

import { refOf, token } from "../../preview/cloud/tokens.ts";
import { makeSecret } from "../../preview/engine/wire.ts";
import { exportFile, exportOf } from "../../preview/export.ts";
import { resource } from "../support/preview.ts";

const password = token("urn:password", "result");
const cache = resource({
  type: "aws:elasticache/user:User",
  name: "cache",
  parent: "urn:parent",
  provider: "urn:aws::id",
  dependencies: ["urn:a"],
  protect: true,
  aliases: [{ name: "old" }],
  ignoreChanges: ["passwords"],
  inputs: {
    userName: "app",
    passwords: [makeSecret(password)],
    login: makeSecret(JSON.stringify({ user: "app", password })),
    pin: makeSecret("1234"),
    nested: makeSecret({ a: "plain", b: [password] }),
  },
});

describe("the export", () => {
  const [entry] = exportOf([cache]);

  it("tells the provider check all it reads", () => {
    expect(entry).toMatchObject({
      type: "aws:elasticache/user:User",
      name: "cache",
      ref: refOf(cache.urn),
      urn: cache.urn,
      parent: "urn:parent",
      provider: "urn:aws::id",
      dependsOn: ["urn:a"],
      protect: true,
      aliases: [{ name: "old" }],
      ignoreChanges: ["passwords"],
      custom: true,
    });
  });

  it("keeps the made-up values in secrets, by which resources refer to each other", () => {
    expect(entry?.inputs).toMatchObject({ passwords: [password], login: JSON.stringify({ user: "app", password }) });
  });

  it("masks every other secret", () => {
    expect(entry?.inputs).toMatchObject({ userName: "app", pin: "[secret]", nested: { a: "[secret]", b: [password] } });
  });

  it("marks components and look-ups", () => {
    const entries = exportOf([
      resource({ type: "a:b:C", name: "c", custom: false }),
      resource({ type: "aws:ec2/vpc:Vpc", name: "v", read: true }),
    ]);
    expect(entries.map(({ custom, read }) => [custom, read])).toEqual([
      [false, undefined],
      [true, true],
    ]);
  });

  it("writes one file for one environment, and one each for several", () => {
    expect(exportFile("out/resources.json", "staging", false)).toBe("out/resources.json");
    expect(exportFile("out/resources.json", "staging", true)).toBe("out/resources.staging.json");
    expect(exportFile("./dir.x/resources", "staging", true)).toBe("./dir.x/resources.staging");
  });
});
