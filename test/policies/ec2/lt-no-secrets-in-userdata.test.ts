import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

import { ltNoSecretsInUserdata } from "../../../policies/rules/ec2/lt-no-secrets-in-userdata.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const encode = (script: string | Buffer) => Buffer.from(script).toString("base64");

// Put together here, so that scanners of this repository find nothing.
const ACCESS_KEY = ["AKIA", "ABCDEFGHIJKLMNOP"].join("");
const PASSWORD_URL = ["postgres://app:", "hunter2hunter2", "@db.example.com/app"].join("");
const PRIVATE_KEY = ["-----BEGIN RSA ", "PRIVATE KEY-----"].join("");
const found = (what: string) => [`userData is ${what} (not shown), required no credential`];

describe(ltNoSecretsInUserdata.name, () => {
  it.each([
    { title: "accepts a template without user data", userData: undefined, findings: [] },
    { title: "accepts an empty script", userData: "", findings: [] },
    {
      title: "accepts a script that fetches its secret",
      userData: encode(
        '#!/bin/sh\nDB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id app)\nexport API_TOKEN="$TOKEN"\n',
      ),
      findings: [],
    },
    {
      title: "accepts a checksum",
      userData: encode("md5sum --check 9e107d9d372bb6826bd81d3542a419d6\n"),
      findings: [],
    },
    {
      title: "accepts a setting whose name only sounds secret",
      userData: encode("httpTokens: required\nsecret_arn=arn:aws:secretsmanager:eu-west-1\n"),
      findings: [],
    },
    {
      title: "rejects an access key",
      userData: encode(`export AWS_ACCESS_KEY_ID=${ACCESS_KEY}\n`),
      findings: found("an AWS access key"),
    },
    {
      title: "rejects a password in a URL",
      userData: encode(`migrate --url "${PASSWORD_URL}"\n`),
      findings: found("a password inside a URL"),
    },
    {
      title: "rejects a private key",
      userData: encode(`cat <<END\n${PRIVATE_KEY}\nMIIE\nEND\n`),
      findings: found("a private key"),
    },
    {
      title: "rejects an assigned literal",
      userData: encode("DB_PASSWORD='hunter2hunter2'\n"),
      findings: found("a credential assigned as a literal"),
    },
    {
      title: "rejects a literal in YAML, compressed as cloud-init allows",
      userData: encode(gzipSync("#cloud-config\napi_key: 0123456789abcdef\n")),
      findings: found("a credential assigned as a literal"),
    },
    {
      title: "rejects plain text that was never encoded",
      userData: "#!/bin/sh\npassword=hunter2hunter2",
      findings: found("a credential assigned as a literal"),
    },
    {
      title: "is undetermined while the user data is unknown",
      userData: UNKNOWN,
      findings: ["undetermined: userData"],
    },
  ])("$title", async ({ userData, findings }) => {
    expect(await evaluate(ltNoSecretsInUserdata, TEMPLATE, userData === undefined ? {} : { userData })).toEqual(
      findings,
    );
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(ltNoSecretsInUserdata, "aws:ec2/instance:Instance", {
        userData: encode("password=hunter2hunter2"),
      }),
    ).toEqual([]);
  });
});
