import { describe, expect, it } from "vitest";

import type { RawStack } from "../../config/parse.ts";
import { parseStack } from "../../config/parse.ts";
import { formatProblems } from "../../config/problems/problem.ts";
import { problemsOf, rawStack, withSetting } from "../support/stack-files.ts";

const staging = () => rawStack("staging");
const production = () => rawStack("production");

function accepted(raw: RawStack) {
  const result = parseStack(raw);
  if (!result.ok) throw new Error(formatProblems("the file", result.problems));
  return result.config;
}

describe("a stack file that is right", () => {
  it("becomes a configuration that knows region and account", () => {
    expect(accepted(staging()).environment).toMatchObject({
      name: "staging",
      profile: "standard",
      region: "eu-west-1",
      accountId: "111122223333",
    });
  });

  it("is frozen through and through, so that no component can change what another reads", () => {
    const config = accepted(production());
    const open: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== "object" || value === null) return;
      if (!Object.isFrozen(value)) open.push(path);
      for (const [key, item] of Object.entries(value)) visit(item, `${path}.${key}`);
    };
    visit(config, "config");
    expect(open).toEqual([]);
    expect(() => Object.assign(config.keys, { rotationPeriodDays: 1 })).toThrow(TypeError);
  });
});

describe("the provider's settings", () => {
  const regionProblem = (found: string) =>
    `aws:region: ${found} | a region, for instance "eu-west-1" | Set the region in which the environment lives.`;
  const accountProblem = (found: string) =>
    `aws:allowedAccountIds: ${found} | a list with one quoted account id of 12 digits, for instance ["111122223333"] | ` +
    "Name the account of this environment; a deployment into any other is refused by the provider.";

  it.each([
    { title: "no region", change: { region: undefined }, problem: regionProblem("nothing") },
    { title: "a region's plain name", change: { region: "Ireland" }, problem: regionProblem('"Ireland"') },
    { title: "a zone instead of a region", change: { region: "eu-west-1a" }, problem: regionProblem('"eu-west-1a"') },
    { title: "no account", change: { allowedAccountIds: undefined }, problem: accountProblem("nothing") },
    {
      title: "an account that lost its quotes",
      change: { allowedAccountIds: [111122223333] },
      problem: accountProblem("[111122223333]"),
    },
    { title: "11 digits", change: { allowedAccountIds: ["11112222333"] }, problem: accountProblem('["11112222333"]') },
    {
      title: "two accounts",
      change: { allowedAccountIds: ["111122223333", "444455556666"] },
      problem: accountProblem('["111122223333","444455556666"]'),
    },
  ])("are refused with $title", ({ change, problem }) => {
    // What belongs to another region or account is reported beside it.
    expect(problemsOf({ ...staging(), ...change })).toContain(problem);
  });
});

describe("the settings block", () => {
  it.each([
    { title: "absent", settings: undefined, found: "nothing" },
    { title: "a list", settings: ["environment"], found: '["environment"]' },
    { title: "a text", settings: "staging", found: '"staging"' },
  ])("is refused when it is $title", ({ settings, found }) => {
    expect(problemsOf({ ...staging(), settings })).toEqual([
      `preflight:settings: ${found} | a block of settings | Copy the block of another stack file and adapt it.`,
    ]);
  });

  it("is refused without one of its blocks", () => {
    expect(problemsOf(withSetting(staging(), "keys", undefined))).toEqual([
      "keys: nothing | a block of keys | Add the key.",
    ]);
  });

  it("names the block that a misspelt one most likely is", () => {
    const problems = problemsOf(withSetting(staging(), "backups", {}));
    expect(problems).toEqual([
      expect.stringMatching(/^backups: an unknown block \| environment, keys, .* \| Did you mean "backup"\?$/),
    ]);
  });

  it("names no block for a name like none", () => {
    expect(problemsOf(withSetting(staging(), "quantumEntanglement", {}))).toEqual([
      expect.stringMatching(/^quantumEntanglement: an unknown block \| .* \| Remove the block\.$/),
    ]);
  });
});

describe("the production profile", () => {
  it("demands what the standard one does not", () => {
    expect(problemsOf(withSetting(staging(), "environment.protectStatefulResources", false))).toEqual([]);
    expect(problemsOf(withSetting(production(), "environment.protectStatefulResources", false))).toEqual([
      "environment.protectStatefulResources: false | true in production | Set it to true; what shall go all the same is unlocked by hand: docs/guides/take-something-out.md.",
    ]);
  });

  it("follows the field, not the environment's name", () => {
    const renamed = withSetting(production(), "environment.name", "staging");
    expect(problemsOf(withSetting(renamed, "environment.retainStatefulResources", false))).toHaveLength(1);
  });

  it.each([
    {
      title: "misspelt",
      path: "environment.profile",
      value: "prodution",
      problem: /^environment\.profile: "prodution" \| one of standard, production \| /,
    },
    {
      title: "missing",
      path: "environment.profile",
      value: undefined,
      problem: /^environment\.profile: nothing \| one of standard, production \| /,
    },
    {
      title: "in a block that is none",
      path: "environment",
      value: "production",
      problem: /^environment: "production" \| /,
    },
  ])(
    "is not assumed while the field is $title: the file is refused for that, without what only production asks for",
    ({ path, value, problem }) => {
      const lax = withSetting(production(), "cluster.deletionProtection", false);
      const productionsOwn = (raw: RawStack) => problemsOf(raw).filter((text) => text.includes("in production |"));
      expect(productionsOwn(lax)).toHaveLength(1);
      const unreadable = withSetting(lax, path, value);
      expect(problemsOf(unreadable)).toContainEqual(expect.stringMatching(problem));
      expect(productionsOwn(unreadable)).toEqual([]);
    },
  );
});

describe("a placeholder in production", () => {
  it("is one problem, also where its form is wrong", () => {
    expect(problemsOf(withSetting(production(), "environment.costCenter", "<cost-center>"))).toEqual([
      'environment.costCenter: the placeholder "<cost-center>" | a real value in production | Fill in the value that holds for this environment.',
    ]);
  });
});

describe("the keys beside the settings", () => {
  const known = ["aws:region", "aws:allowedAccountIds", "preflight:settings"];

  it("are refused where nothing reads them, without their values", () => {
    expect(problemsOf({ ...staging(), keys: [...known, "aws:profile", "preflight:setings"] })).toEqual([
      `aws:profile: a key that nothing reads (value not shown) | ${known.join(", ")} | Remove it; credentials come from the process's environment, such as AWS_PROFILE.`,
      `preflight:setings: a key that nothing reads (value not shown) | ${known.join(", ")} | Did you mean "preflight:settings"?`,
    ]);
  });

  it("are left alone where they are another tool's", () => {
    expect(problemsOf({ ...staging(), keys: [...known, "pulumi:tags"] })).toEqual([]);
  });
});

describe("several mistakes", () => {
  const broken = () => {
    const raw = { ...staging(), region: "Ireland", allowedAccountIds: [] };
    const changes: readonly (readonly [string, unknown])[] = [
      ["environment.owner", 7],
      ["keys.deletionWindowDays", 13],
      ["keys.rotationPeriodInDays", 365],
      ["backup.copyRegion", "eu-west-1 "],
      ["backup.lock.mode", "strict"],
      ["bakcup", {}],
    ];
    return changes.reduce<RawStack>((stack, [path, value]) => withSetting(stack, path, value), raw);
  };

  it("are all reported at once, in the order of the file", () => {
    expect(problemsOf(broken()).map((problem) => problem.split(": ")[0])).toEqual([
      "aws:region",
      "aws:allowedAccountIds",
      "environment.owner",
      "keys.deletionWindowDays",
      "keys.rotationPeriodInDays",
      "backup.copyRegion",
      "backup.lock.mode",
      "bakcup",
    ]);
  });

  it("are reported in the same order when the keys were sorted on the way, as the CLI does", () => {
    const sorted = (value: unknown): unknown =>
      typeof value !== "object" || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .toSorted(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, item]) => [key, sorted(item)]),
          );
    const raw = broken();
    expect(problemsOf({ ...raw, settings: sorted(raw.settings) })).toEqual(problemsOf(raw));
  });

  it("make one message that names the file, each path, what was found and what to do", () => {
    const result = parseStack(withSetting(staging(), "keys.deletionWindowDays", 13));
    expect(result.ok ? "" : formatProblems("Pulumi.staging.yaml", result.problems)).toBe(
      [
        "Pulumi.staging.yaml: 1 problem; nothing was registered.",
        "",
        "  preflight:settings.keys.deletionWindowDays",
        "    found:   13",
        "    allowed: at least 14 (days)",
        "    do:      Change the key: Days between the order to delete a key and its end; until then it can be cancelled.",
      ].join("\n"),
    );
  });

  it("between blocks are found as well", () => {
    expect(problemsOf(withSetting(staging(), "backup.copyRegion", "eu-west-1"))).toEqual([
      expect.stringMatching(
        /^backup\.copyRegion: "eu-west-1", the region of the stack itself \| another region than aws:region \| /,
      ),
    ]);
  });
});
