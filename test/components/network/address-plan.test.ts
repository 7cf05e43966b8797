import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { zoneBlocks } from "../../../components/network/address-plan.ts";
import { contains, formatIpv4Cidr, overlaps, parseIpv4Cidr } from "../../../core/cidr.ts";

const LETTERS = ["a", "b", "c", "d", "e", "f"];

const block = (text: string) => {
  const parsed = parseIpv4Cidr(text);
  if (parsed === undefined) throw new Error(`${text} is no block`);
  return parsed;
};

/** Every network that a stack file may name: private addresses, /16 to /21. */
const network = fc
  .tuple(
    fc.constantFrom("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
    fc.integer({ min: 16, max: 21 }),
    fc.nat({ max: 2 ** 24 - 1 }),
  )
  .map(([range, prefixLength, offset]) => {
    const { first, prefixLength: bits } = block(range);
    const size = 2 ** (32 - prefixLength);
    return formatIpv4Cidr({ first: first + Math.floor((offset % 2 ** (32 - bits)) / size) * size, prefixLength });
  });

/** One to six zones of a region, in any order. */
const zones = fc
  .shuffledSubarray(LETTERS, { minLength: 1 })
  .map((letters) => letters.map((letter) => `eu-west-1${letter}`));

const plan = (cidr: string, names: readonly string[]) =>
  names.flatMap((zone) => Object.values<string>({ ...zoneBlocks(cidr, zone) })).map(block);

describe("the address plan", () => {
  it("never lets two subnets overlap", () => {
    fc.assert(
      fc.property(network, zones, (cidr, names) => {
        const blocks = plan(cidr, names);
        return blocks.every((one, index) => blocks.slice(index + 1).every((other) => !overlaps(one, other)));
      }),
    );
  });

  it("keeps every subnet inside the network", () => {
    fc.assert(
      fc.property(network, zones, (cidr, names) => plan(cidr, names).every((subnet) => contains(block(cidr), subnet))),
    );
  });

  it("makes subnets that AWS accepts (/28 or larger) and that have room for a load balancer (/27)", () => {
    fc.assert(
      fc.property(network, zones, (cidr, names) =>
        plan(cidr, names).every(({ prefixLength }) => prefixLength <= 27 && prefixLength >= 16),
      ),
    );
  });

  it("begins every subnet at a multiple of its size, as AWS demands", () => {
    fc.assert(
      fc.property(network, zones, (cidr, names) =>
        plan(cidr, names).every(({ first, prefixLength }) => first % 2 ** (32 - prefixLength) === 0),
      ),
    );
  });

  it("moves no subnet when zones are added, removed or listed in another order", () => {
    const planOf = (cidr: string, names: readonly string[]) =>
      new Map(names.map((zone) => [zone, zoneBlocks(cidr, zone)]));
    fc.assert(
      fc.property(network, zones, zones, (cidr, before, after) => {
        const [old, changed] = [planOf(cidr, before), planOf(cidr, after)];
        for (const zone of before.filter((name) => after.includes(name)))
          expect(changed.get(zone)).toEqual(old.get(zone));
      }),
    );
  });

  it("is the documented one", () => {
    expect(zoneBlocks("10.20.0.0/16", "eu-west-1a")).toEqual({
      private: "10.20.0.0/19",
      public: "10.20.192.0/22",
      isolated: "10.20.224.0/22",
    });
    expect(zoneBlocks("10.20.0.0/16", "eu-west-1c")).toEqual({
      private: "10.20.64.0/19",
      public: "10.20.200.0/22",
      isolated: "10.20.232.0/22",
    });
    expect(zoneBlocks("192.168.8.0/21", "us-east-1f")).toEqual({
      private: "192.168.13.0/24",
      public: "192.168.14.160/27",
      isolated: "192.168.15.160/27",
    });
  });

  it("refuses a zone for which it has no room", () => {
    expect(() => zoneBlocks("10.20.0.0/16", "eu-west-1g")).toThrow("no address plan for eu-west-1g in 10.20.0.0/16");
  });
});

describe("blocks of addresses", () => {
  it("survive being written and read", () => {
    fc.assert(fc.property(network, (cidr) => formatIpv4Cidr(block(cidr)) === cidr));
  });

  it.each(["10.0.0.0", "10.0.0.256/16", "10.0.0.0/33", "fd00::/8", "10.0.0/8", " 10.0.0.0/8"])(
    "do not come from %s",
    (text) => {
      expect(parseIpv4Cidr(text)).toBeUndefined();
    },
  );

  it("lose the address bits behind their prefix", () => {
    expect(formatIpv4Cidr(block("10.20.5.7/16"))).toBe("10.20.0.0/16");
    expect(formatIpv4Cidr(block("255.255.255.255/0"))).toBe("0.0.0.0/0");
  });
});
