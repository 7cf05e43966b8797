import { describe, expect, it } from "vitest";

import { answerCreate, answerPreview } from "../../../preview/cloud/fake-cloud.ts";
import { UNKNOWN } from "../../../preview/engine/wire.ts";

const TYPE = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const request = (inputs: Record<string, unknown>) => ({
  type: TYPE,
  name: "default",
  urn: `urn:pulumi:test::project::${TYPE}::default`,
  inputs,
});

describe("the fake cloud", () => {
  it("leaves a list empty which the program left empty", () => {
    expect(answerCreate(request({ ingress: [], egress: [] })).outputs).toMatchObject({ ingress: [], egress: [] });
    expect(answerPreview(request({ ingress: [], egress: [] })).outputs).toMatchObject({ ingress: [], egress: [] });
  });

  it("completes the entries which the program gave, and adds none", () => {
    const { ingress } = answerCreate(request({ ingress: [{ fromPort: 443 }] })).outputs;
    expect(ingress).toEqual([expect.objectContaining({ fromPort: 443, toPort: expect.stringMatching(/^ref~/) })]);
  });

  it("answers a list of which the program says nothing", () => {
    expect(answerCreate(request({})).outputs["ingress"]).toEqual([
      expect.objectContaining({ fromPort: expect.stringMatching(/^ref~/) }),
    ]);
    expect(answerPreview(request({})).outputs["ingress"]).toBe(UNKNOWN);
  });
});
