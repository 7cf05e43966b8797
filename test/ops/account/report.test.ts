import { describe, expect, it } from "vitest";

import { colored, plain } from "../../../cli/output.ts";
import { jsonReport, textReport } from "../../../ops/account/report.ts";
import { parsedStack } from "../../support/stack-files.ts";
import { newAccount, withAnswers } from "./support/others.ts";
import { ask, refuse } from "./support/recorded.ts";

const config = parsedStack("production");
const report = await ask(config, newAccount(config));
const text = textReport(report, 120, plain);

describe("the table", () => {
  it("fits a terminal of 120 columns, and one of 80", () => {
    expect(text.split("\n").filter((line) => line.length > 120)).toEqual([]);
    expect(
      textReport(report, 80, plain)
        .split("\n")
        .filter((line) => line.length > 80),
    ).toEqual([]);
  });

  it("begins with the subjects in which something blocks, and in each with what blocks", () => {
    const verdicts = text.split("\n").flatMap((line) => /^(blocks|not asked|advice|ok) /.exec(line)?.[1] ?? []);
    const headings = text.split("\n").filter((line) => /^[A-Z][\w' ]+$/.test(line) && !line.startsWith("Account 4"));
    expect(verdicts[0]).toBe("blocks");
    expect(headings.indexOf("Quotas")).toBeLessThan(headings.indexOf("Account and session"));
    expect(verdicts.lastIndexOf("blocks")).toBeLessThan(
      text.split("\n").filter((line) => /^(blocks|not asked|advice|ok) /.test(line)).length / 2,
    );
  });

  it("says of each line what is needed, what was found, and what to do", () => {
    expect(text).toContain(
      [
        "blocks     Anomaly monitor by service       none yet, or this environment's       Default-Services-Monitor: an account",
        "                                                                                  has one",
        "           do: Set budget.anomalyMonitorArn to arn:aws:ce::444455556666:anomalymonitor/0a1b; newer accounts are born",
        "               with one.",
      ].join("\n"),
    );
  });

  it("ends in a sentence", () => {
    expect(text.trimEnd().split("\n").at(-1)).toMatch(
      /^\d+ things block the next up; 0 could not be asked, \d+ to consider, \d+ ok\.$/,
    );
  });

  it("has colours where a person looks", () => {
    expect(textReport(report, 120, colored)).toContain("\u001b[");
  });

  it("tells in one line what was not asked for one reason, and the statements to add", async () => {
    const denied = withAnswers(config, { "ec2:DescribeVpcEndpointServices": () => refuse("UnauthorizedOperation") });
    const shown = textReport(await ask(config, denied), 120, plain);
    expect(shown.match(/^not asked /gm)).toHaveLength(1);
    expect(shown).toContain('"Action": [\n        "ec2:DescribeVpcEndpointServices"\n      ]');
    expect(shown).toContain("Nothing that was asked blocks the next up; 16 could not be asked");
  });
});

describe("the JSON", () => {
  const json = JSON.parse(jsonReport(report));

  it("has every line with its check, in the order of the checks", () => {
    expect(json).toMatchObject({ environment: "production", accountId: "444455556666", missingPolicy: null });
    expect(json.findings).toHaveLength(report.findings.length);
    expect(json.findings[0]).toEqual({
      id: "session",
      subject: "Account and session",
      source: expect.stringContaining("https://"),
      what: "Account",
      needed: "444455556666",
      found: "444455556666",
      verdict: "ok",
    });
    expect(json.summary.blocks).toBe(
      json.findings.filter(({ verdict }: { verdict: string }) => verdict === "blocks").length,
    );
  });

  it("is the same for the same answers", async () => {
    expect(jsonReport(await ask(config, newAccount(config)))).toBe(jsonReport(report));
  });
});
