import { describe, expect, it } from "vitest";

import { ltEbsEncrypted } from "../../../policies/rules/ec2/lt-ebs-encrypted.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const encrypted = { deviceName: "/dev/xvda", ebs: { encrypted: "true" } };
const NO_VOLUME = "blockDeviceMappings is no volume, so the image decides, required the root volume, encrypted";

describe(ltEbsEncrypted.name, () => {
  it.each([
    {
      title: "accepts encrypted volumes",
      mappings: [encrypted, { ...encrypted, deviceName: "/dev/xvdb" }],
      findings: [],
    },
    {
      title: "accepts an instance store beside them",
      mappings: [encrypted, { deviceName: "/dev/xvdc", virtualName: "ephemeral0" }],
      findings: [],
    },
    {
      title: "rejects one volume that is not",
      mappings: [encrypted, { deviceName: "/dev/xvdb", ebs: { encrypted: "false" } }],
      findings: ['blockDeviceMappings[1].ebs.encrypted is false, required "true"'],
    },
    {
      title: "rejects a volume that says nothing",
      mappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 50 } }],
      findings: ['blockDeviceMappings[0].ebs.encrypted is nothing, required "true"'],
    },
    { title: "rejects a template without volumes, whose image decides", mappings: undefined, findings: [NO_VOLUME] },
    { title: "rejects an empty list likewise", mappings: [], findings: [NO_VOLUME] },
    {
      title: "is undetermined while the switch is unknown",
      mappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: UNKNOWN } }],
      findings: ["undetermined: blockDeviceMappings.0.ebs.encrypted"],
    },
  ])("$title", async ({ mappings, findings }) => {
    expect(
      await evaluate(ltEbsEncrypted, TEMPLATE, mappings === undefined ? {} : { blockDeviceMappings: mappings }),
    ).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(ltEbsEncrypted, "aws:ec2/instance:Instance", {})).toEqual([]);
  });
});
