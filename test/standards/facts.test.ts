import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { BALANCER } from "../../standards/balancer.ts";
import { CACHE, CACHE_NODE_TYPES } from "../../standards/cache.ts";
import { CDN } from "../../standards/cdn.ts";
import { ADDON_NAMES, CLUSTER } from "../../standards/cluster.ts";
import { DATABASE } from "../../standards/database.ts";
import { DATABASE_INSTANCE_CLASSES } from "../../standards/database-instances.ts";
import { AURORA_POSTGRESQL } from "../../standards/facts/aurora-postgresql.ts";
import { EKS_ADDONS } from "../../standards/facts/eks-addons.ts";
import { EKS_VERSIONS } from "../../standards/facts/eks-versions.ts";
import { instanceType, instanceTypesOf } from "../../standards/facts/instance-types.ts";
import { LAMBDA_RUNTIMES } from "../../standards/facts/lambda-runtimes.ts";
import { NODE_IMAGES, newestNodeImage } from "../../standards/facts/node-images.ts";
import { REGIONS } from "../../standards/facts/regions.ts";
import { TLS_POLICIES } from "../../standards/facts/tls-policies.ts";
import { VALKEY, valkeyFamily } from "../../standards/facts/valkey.ts";
import { VALKEY_COMMANDS } from "../../standards/facts/valkey-commands.ts";
import { LAMBDA } from "../../standards/lambda.ts";
import { WAF } from "../../standards/waf.ts";

const folder = join(import.meta.dirname, "..", "..", "standards", "facts");
const tables = globSync("*.json", { cwd: folder }).toSorted();
const DAY = /^\d{4}-\d{2}-\d{2}$/;

// Literals on purpose: schema, components and messages read the tables, so one wrong row would satisfy them all.
describe("the tables of facts", () => {
  it.each(tables)("say what they hold, for which day and from where: %s", (file) => {
    const { about, asOf, sources } = JSON.parse(readFileSync(join(folder, file), "utf8"));
    expect(about).toMatch(/\w.*\.$/s);
    expect(asOf).toMatch(DAY);
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) expect(source).toMatchObject({ what: expect.any(String), date: expect.any(String) });
  });

  it("have the calendar of Kubernetes", () => {
    expect(CLUSTER.endOfStandardSupport).toEqual({
      "1.31": "2025-11-26",
      "1.32": "2026-03-23",
      "1.33": "2026-07-29",
      "1.34": "2026-12-02",
      "1.35": "2027-03-27",
      "1.36": "2027-08-02",
    });
    for (const minor of Object.values(EKS_VERSIONS.minors))
      expect([minor.released, minor.endOfStandardSupport, minor.endOfExtendedSupport].toSorted()).toEqual(
        Object.values(minor),
      );
  });

  it("have images of which the patch never goes back, each of its own minor version", () => {
    for (const [minor, { patches, abandoned }] of Object.entries(NODE_IMAGES.minors)) {
      const dates = Object.keys(patches);
      expect(dates).toEqual(dates.toSorted());
      const numbers = Object.values(patches)
        .filter((patch) => patch !== "")
        .map((patch) => {
          expect(patch.startsWith(`${minor}.`)).toBe(true);
          return Number(patch.split(".")[2]);
        });
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      expect(abandoned.filter((date) => !(date in patches))).toEqual([]);
    }
    expect(newestNodeImage("1.35")).toBe("1.35.8-20260930");
    expect(newestNodeImage("1.30")).toBeUndefined();
    expect(NODE_IMAGES.minors["1.35"]?.abandoned).toEqual(["20260128", "20260311"]);
  });

  it("have every add-on of ours, with defaults that are builds", () => {
    expect(Object.keys(EKS_ADDONS.addons).toSorted()).toEqual(Object.values(ADDON_NAMES).toSorted());
    for (const { builds, defaults } of Object.values(EKS_ADDONS.addons))
      for (const [minor, build] of Object.entries(defaults)) expect(builds[build]?.split(" ")).toContain(minor);
  });

  it("have Aurora's releases in order, each in one list", () => {
    const [oldest] = DATABASE.majorVersions;
    expect(AURORA_POSTGRESQL.majors[oldest]?.offered).toEqual([
      "17.4",
      "17.5",
      "17.6",
      "17.7",
      "17.9",
      "17.10",
      "17.11",
    ]);
    for (const [major, { family, offered, deprecated, neverExisted }] of Object.entries(AURORA_POSTGRESQL.majors)) {
      expect(family).toBe(`aurora-postgresql${major}`);
      const all = [...offered, ...deprecated, ...neverExisted];
      expect(new Set(all).size).toBe(all.length);
      const minors = offered.map((release) => Number(release.split(".")[1]));
      expect(minors).toEqual(minors.toSorted((a, b) => a - b));
    }
  });

  it("have releases and commands for every Valkey that may be named", () => {
    expect(VALKEY.releases).toEqual({
      "7.2": "valkey7",
      "8.0": "valkey8",
      "8.1": "valkey8",
      "8.2": "valkey8",
      "9.0": "valkey9",
      "9.1": "valkey9",
    });
    expect(valkeyFamily("10.0")).toBeUndefined();
    const majors = new Set(Object.keys(VALKEY.releases).map((release) => release.split(".")[0]));
    expect([...majors].filter((major) => Number(major) >= CACHE.minMajorVersion)).toEqual(
      Object.keys(VALKEY_COMMANDS.majors),
    );
    for (const { commands } of Object.values(VALKEY_COMMANDS.majors)) {
      expect(commands["flushall"]).toBe("dangerous keyspace slow write");
      // Every name that is forbidden or refused is one of the server's; the rest of slaveof's kind was renamed or left.
      for (const name of CACHE.forbiddenCommands) expect(Object.keys(commands)).toContain(name);
    }
  });

  it("have sizes of nodes, classes and types", () => {
    expect(Object.fromEntries(CACHE_NODE_TYPES.map(({ name, memoryMiB }) => [name, memoryMiB]))).toEqual({
      "cache.t4g.micro": 512,
      "cache.t4g.small": 1402,
      "cache.t4g.medium": 3164,
      "cache.m7g.large": 6537,
      "cache.r7g.large": 13_386,
      "cache.r7g.xlarge": 26_952,
      "cache.r7g.2xlarge": 54_083,
      "cache.r7g.4xlarge": 108_346,
    });
    expect(DATABASE_INSTANCE_CLASSES["db.r7g.large"]).toEqual({ vcpus: 2, memoryGiB: 16 });
    expect(Object.keys(DATABASE_INSTANCE_CLASSES)).toHaveLength(25);
    expect(instanceType("m7g.xlarge")).toEqual({ architecture: "arm64", vcpus: 4, memoryMiB: 16_384 });
    expect(instanceType("m7i.large")).toEqual({ architecture: "x86_64", vcpus: 2, memoryMiB: 8192 });
    expect(instanceType("toString")).toBeUndefined();
    expect(instanceTypesOf("m7g")).toContain("m7g.metal");
    expect(REGIONS.regions["eu-west-1"]).toEqual({
      optIn: false,
      zonesSeen: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
    });
  });

  it("have what encryption is judged by", () => {
    expect(BALANCER.tlsPolicies).toHaveLength(17);
    expect(BALANCER.tlsPolicies).toEqual(
      expect.arrayContaining([
        "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
        "ELBSecurityPolicy-FS-1-2-Res-2020-10",
      ]),
    );
    for (const weak of ["ELBSecurityPolicy-2016-08", "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06"])
      expect(BALANCER.tlsPolicies).not.toContain(weak);
    expect(BALANCER.tlsPolicies).toContain(BALANCER.tlsPolicy);
    expect(TLS_POLICIES.loadBalancer[BALANCER.tlsPolicy]).toEqual({
      minimum: "TLSv1.2",
      forwardSecrecy: true,
      cbc: false,
    });
    expect(CDN.viewerTlsPolicies).toEqual(["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"]);
    expect(DATABASE.certificateAuthorities).toEqual(["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"]);
    expect(DATABASE.certificateAuthorities).toContain(DATABASE.certificateAuthority);
  });

  it("have bounds of AWS' own", () => {
    expect(CLUSTER.awsMaxPublicCidrs).toBe(40);
    expect(CDN.awsMaxOriginReadSeconds).toBe(120);
    expect(WAF.maxPathBytes).toBe(1024);
  });

  it("have major versions of the database that are in standard support, and old enough for vector search", () => {
    const { major: oldest } = DATABASE.minEngineVersion;
    for (const major of DATABASE.majorVersions) {
      expect((AURORA_POSTGRESQL.majors[major]?.endOfStandardSupport ?? "") > AURORA_POSTGRESQL.asOf).toBe(true);
      expect(Number(major)).toBeGreaterThanOrEqual(oldest);
    }
  });

  it("have our functions' runtime, with which functions can be made for half a year after the table's day", () => {
    const runtime = LAMBDA_RUNTIMES.runtimes[LAMBDA.runtime];
    const halfAYear = new Date(Date.parse(LAMBDA_RUNTIMES.asOf) + 182 * 86_400_000).toISOString().slice(0, 10);
    expect(runtime?.createBlocked).toBe("2027-06-01");
    expect((runtime?.createBlocked ?? "") > halfAYear).toBe(true);
  });
});
