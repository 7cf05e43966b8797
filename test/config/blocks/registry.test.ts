import { describe, expect, it } from "vitest";

import { registryBlock } from "../../../config/blocks/registry.ts";
import { parseStack } from "../../../config/parse.ts";
import type { StackName } from "../../support/stack-files.ts";
import { problemsOf, rawStack, withSetting } from "../../support/stack-files.ts";

const right = {
  owner: true,
  peerAccountId: "444455556666",
  repositories: ["api"],
  keptImages: 100,
  enhancedScanning: false,
};
const problems = (change: object) =>
  registryBlock
    .judge({ ...right, ...change }, "production")
    .map(({ path, found, allowed }) => `${path.join(".")}: ${found}, allowed ${allowed}`);

describe("the registry block", () => {
  it("accepts an owner and a copy", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ owner: false })).toEqual([]);
  });

  it("refuses so few images that there is nothing to go back to", () => {
    expect(problems({ keptImages: 9 })).toEqual(["keptImages: 9, allowed at least 10 (images)"]);
  });

  it("accepts copies of images from elsewhere below a part of their own, and refuses what ECR would", () => {
    expect(problems({ repositories: ["api", "mirror/postgres"] })).toEqual([]);
    for (const name of ["Api", "/api", "api/", "preflight//api"])
      expect(problems({ repositories: [name] })[0]).toContain("small letters, digits and hyphens");
  });

  it("refuses an account that is none, and a repository that comes twice", () => {
    expect(problems({ peerAccountId: "4444" })[0]).toContain("a quoted account id of 12 digits");
    expect(problems({ repositories: ["api", "api"] })).toEqual([
      'repositories.1: "api", already in repositories[0], allowed each once',
    ]);
  });
});

function registryOf(name: StackName) {
  const result = parseStack(rawStack(name));
  if (!result.ok) throw new Error(problemsOf(rawStack(name)).join("\n"));
  return { ...result.config.registry, accountId: result.config.environment.accountId };
}

describe("the registries of the committed stack files", () => {
  const [staging, production] = [registryOf("staging"), registryOf("production")];

  it("have exactly one owner, and name each other's account", () => {
    expect([staging.owner, production.owner].filter((owner) => owner)).toHaveLength(1);
    expect([staging.peerAccountId, production.peerAccountId]).toEqual([production.accountId, staging.accountId]);
  });

  it("have the same repositories: a copy without one would lose what is pushed", () => {
    expect(staging.repositories).toEqual(production.repositories);
  });
});

describe("rules between blocks", () => {
  const raw = rawStack("staging");

  it("refuse the environment's own account as the registry's peer", () => {
    expect(problemsOf(withSetting(raw, "registry.peerAccountId", "111122223333"))[0]).toContain(
      'registry.peerAccountId: "111122223333", this environment\'s own account',
    );
  });
});
