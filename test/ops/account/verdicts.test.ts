import { describe, expect, it } from "vitest";

import { parseStack } from "../../../config/parse.ts";
import { parsedStack, rawStack, withSetting } from "../../support/stack-files.ts";
import type { Case } from "./cases/case.ts";
import { HELD } from "./cases/held.ts";
import { LATER } from "./cases/later.ts";
import { OFFERS } from "./cases/offers.ts";
import { beforeFirstUp, newAccount, withAnswers } from "./support/others.ts";
import type { Account } from "./support/recorded.ts";
import { ask } from "./support/recorded.ts";

const config = parsedStack("production");
/** The line of that name, as the account's check has it. */
async function lineOf(account: Account, what: string) {
  const { findings } = await ask(config, account);
  return findings.find((line) => line.what === what);
}

function check({ what, verdict, found, todo }: Case, line: Awaited<ReturnType<typeof lineOf>>) {
  expect(line).toMatchObject({ what, verdict, found });
  if (todo !== undefined) expect(line?.todo).toContain(todo);
}

describe("before a first up", () => {
  it.each([...OFFERS, ...HELD])("$title", async ({ answers, ...expected }) => {
    check({ answers, ...expected }, await lineOf(beforeFirstUp(config, answers), expected.what));
  });
});

describe("before a later up", () => {
  it.each(LATER)("$title", async ({ answers, ...expected }) => {
    check({ answers, ...expected }, await lineOf(withAnswers(config, answers), expected.what));
  });
});

describe("the world", () => {
  it.each([
    { servers: ["ns1.elsewhere.example"], verdict: config.environment.phase !== "foundation" ? "blocks" : "advice" },
    { servers: undefined, verdict: "unknown" },
  ])("that asks $servers is told apart", async ({ servers, verdict }) => {
    const account = withAnswers(config, {}, { nameServers: () => Promise.resolve(servers) });
    expect(await lineOf(account, "Delegation of the zone")).toMatchObject({ verdict });
  });

  it("that lets others issue certificates only is refused", async () => {
    const account = withAnswers(config, {}, { issuers: () => Promise.resolve(["letsencrypt.org"]) });
    expect(await lineOf(account, "CAA as the world sees it")).toMatchObject({
      verdict: "blocks",
      found: "letsencrypt.org",
    });
  });
});

describe("what an organisation has", () => {
  const parsed = parseStack(
    withSetting(rawStack("production"), "audit.guardDuty", {
      managedBy: "organisation",
      owner: "security@example.com",
    }),
  );

  it.each([
    { ids: ["d1"], verdict: "ok" },
    { ids: [], verdict: "blocks" },
  ])("must be there: $ids", async ({ ids, verdict }) => {
    if (!parsed.ok) throw new Error("the stack file is not right");
    const { findings } = await ask(
      parsed.config,
      withAnswers(parsed.config, { "guardduty:ListDetectors": () => ({ DetectorIds: ids }) }),
    );
    expect(findings.find(({ what }) => what === "GuardDuty's detector")).toMatchObject({ verdict });
  });
});

describe("what the stack file leaves to others", () => {
  const lineWith = async (path: string, value: unknown, what: string) => {
    const parsed = parseStack(withSetting(rawStack("production"), path, value));
    if (!parsed.ok) throw new Error("the stack file is not right");
    const { findings } = await ask(parsed.config, newAccount(parsed.config));
    return findings.find((line) => line.what === what);
  };

  it("is advice with its owner while it is not as it should be", async () => {
    const organisation = { managedBy: "organisation", owner: "security@example.com" };
    const line = await lineWith("account.volumeEncryption", organisation, "Encryption of volumes by default");
    expect(line).toMatchObject({ verdict: "advice", found: "off" });
    expect(line?.todo).toContain("Ask security@example.com");
  });

  it("is missed when it is Session Manager's preferences", async () => {
    const line = await lineWith("access.sessions.preferences", "existing", "Session Manager's preferences");
    expect(line).toMatchObject({ verdict: "advice", found: "none" });
  });

  it("is no longer in the way when it is there", async () => {
    const parsed = parseStack(withSetting(rawStack("production"), "access.sessions.preferences", "existing"));
    if (!parsed.ok) throw new Error("the stack file is not right");
    const account = beforeFirstUp(parsed.config, { "ssm:DescribeDocument": () => ({ Document: { Name: "theirs" } }) });
    const { findings } = await ask(parsed.config, account);
    expect(findings.find(({ what }) => what === "Session Manager's preferences")).toMatchObject({ verdict: "ok" });
  });
});
