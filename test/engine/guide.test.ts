import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

import { commandsOf, wordsOf } from "../support/guide.ts";
import { commandIn } from "../support/pulumi-cli.ts";
import { describeWith } from "../support/requirements.ts";
import { PULUMI_CLI } from "./support/cli.ts";

describeWith(PULUMI_CLI, "the Pulumi CLI that is installed here", () => {
  it.each(commandsOf("first-up.md", "pulumi"))("knows the flags of the guide: %s", (command) => {
    const words = wordsOf(command).slice(1);
    const name = commandIn(words) ?? "";
    const help = execFileSync("pulumi", [...name.split(" "), "--help"], { encoding: "utf8" });
    const flags = words.map((word) => word.split("=")[0] ?? "").filter((word) => /^--?\w/.test(word));
    expect(flags.filter((flag) => !new RegExp(`(?:^|\\s|, )${flag}(?:\\s|$)`, "m").test(help))).toEqual([]);
  });
});
