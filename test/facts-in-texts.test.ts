import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { AURORA_POSTGRESQL } from "../standards/facts/aurora-postgresql.ts";
import { EKS_ADDONS } from "../standards/facts/eks-addons.ts";
import { NODE_IMAGES } from "../standards/facts/node-images.ts";
import { TLS_POLICIES } from "../standards/facts/tls-policies.ts";

const root = join(import.meta.dirname, "..");

/** Tests that name on purpose what does not exist, or does not yet. */
const ON_PURPOSE = [
  "test/config/blocks/cluster.test.ts",
  "test/config/blocks/database.test.ts",
  "test/config/checks/facts.test.ts",
  "test/preview/warnings.test.ts",
  "test/facts-in-texts.test.ts",
  "test/ops/account/cases/offers.ts",
];

const files = execFileSync("git", ["ls-files", "*.ts", "*.js", "*.md", "*.yaml", "*.json"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  // Definitions of third parties have examples of their own.
  .filter(
    (file) =>
      file !== "" && !ON_PURPOSE.includes(file) && !/^(?:package-lock\.json$|test\/kubernetes\/crds\/)/.test(file),
  );

const images = new Set(
  Object.values(NODE_IMAGES.minors).flatMap(({ patches, abandoned }) =>
    Object.entries(patches).flatMap(([date, patch]) => (abandoned.includes(date) ? [] : [`${patch}-${date}`])),
  ),
);
const imageDates = new Set([...images].map((release) => release.split("-")[1]));
const builds = new Set(Object.values(EKS_ADDONS.addons).flatMap((addon) => Object.keys(addon.builds)));
const databases = new Set(Object.values(AURORA_POSTGRESQL.majors).flatMap(({ offered }) => offered));

/** Kinds of names that only AWS gives out: how they look, and whether one exists. */
const KINDS: readonly { readonly what: string; readonly form: RegExp; readonly exists: (name: string) => boolean }[] = [
  { what: "node images", form: /\b1\.\d{2}\.\d{1,2}-\d{8}\b/g, exists: (name) => images.has(name) },
  {
    what: "image aliases",
    form: /\bal2023@v\d{8}\b/g,
    exists: (name) => imageDates.has(name.slice("al2023@v".length)),
  },
  { what: "add-on builds", form: /\bv\d+\.\d+\.\d+-eksbuild\.\d+\b/g, exists: (name) => builds.has(name) },
  {
    what: "Aurora releases",
    form: /(?<=(?:engineVersion|--engine-version)["']?[:\s]+["']?)1[4-9]\.\d{1,2}\b/g,
    exists: (name) => databases.has(name),
  },
  {
    what: "balancer policies",
    form: /\bELBSecurityPolicy-[A-Za-z0-9-]+\b/g,
    exists: (name) => Object.hasOwn(TLS_POLICIES.loadBalancer, name),
  },
];

describe("what the project names of AWS", () => {
  it.each(KINDS)("exists: $what", ({ form, exists }) => {
    const named = files.flatMap((file) =>
      [...readFileSync(join(root, file), "utf8").matchAll(form)].map(([name]) => ({ file, name })),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ name }) => !exists(name))).toEqual([]);
  });
});
