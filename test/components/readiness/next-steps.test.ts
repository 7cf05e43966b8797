import { describe, expect, it } from "vitest";

import { nextSteps } from "../../../components/readiness/next-steps.ts";
import type { StackConfig } from "../../../config/schema.ts";
import type { Phase } from "../../../core/phases.ts";
import { parsedStack } from "../../support/stack-files.ts";

const staging = parsedStack("staging");
const inPhase = (phase: Phase, config: StackConfig = staging): StackConfig => ({
  ...config,
  environment: { ...config.environment, phase },
});
/** The first words of each step. */
const steps = (config: StackConfig) => nextSteps(config).map((step) => step.split(/[:,]/)[0]);

describe("nextSteps", () => {
  it("says nothing of a committed environment, where nothing is left to do", () => {
    expect(nextSteps(staging)).toEqual([]);
    expect(nextSteps(parsedStack("production"))).toEqual([]);
  });

  it("leads from the foundation to the edge: delegation, values, images, phase", () => {
    const all = steps(inPhase("foundation"));
    expect(all[0]).toBe("Delegate staging.example.com");
    expect(all.filter((step) => step?.startsWith("Put a value"))).toHaveLength(5);
    expect(all.filter((step) => step?.startsWith("Push the image"))).toHaveLength(7);
    expect(all.at(-1)).toBe("Then set environment.phase");
    expect(nextSteps(inPhase("foundation")).at(-1)).toBe(
      "Then set environment.phase: edge in Pulumi.staging.yaml and run: npm run up -- staging",
    );
  });

  it("asks for no delegation of a zone that was adopted", () => {
    const adopted = { ...staging, dns: { ...staging.dns, existingZoneId: "Z0123456789" } };
    expect(steps(inPhase("foundation", adopted))[0]).toMatch(/^Put a value/);
  });

  it("gives each secret and each image its own command, with names that exist", () => {
    const text = nextSteps(inPhase("edge")).join("\n");
    expect(text).toContain(
      "which order-worker, orders read: aws secretsmanager put-secret-value --region eu-west-1 " +
        "--secret-id preflight-staging/shop/payment-provider-api-key --secret-string file://",
    );
    expect(text).toMatch(
      /Push the image preflight\/gateway@sha256:[0-9a-f]{64} for gateway: docker push 111122223333\.\S+\/preflight\/gateway:<tag>/,
    );
    expect(text).toContain("for the services' databases: docker push");
    expect(text).toContain("Keep the images from the registry's clean-up: npm run images -- keep staging");
    expect(text).toContain("s3://<output frontendBucket>/releases/storefront/");
    expect(text).not.toContain("Delegate");
  });

  it("has images pushed where they are owned, and says that copies come by themselves", () => {
    const text = nextSteps(inPhase("edge", parsedStack("production"))).join("\n");
    expect(text).toContain("docker push 111122223333.");
    expect(text).not.toContain("docker push 444455556666.");
    expect(text).toContain("the account 111122223333 owns the images and copies here");
  });

  it("reminds of the parent zone's part in signing, and of an API server that is still open", () => {
    const signed = { ...staging, dns: { ...staging.dns, dnssec: true } };
    expect(nextSteps(inPhase("edge", signed)).join("\n")).toContain("output zoneDsRecord");
    const open = { ...staging, cluster: { ...staging.cluster, apiPublicCidrs: ["198.51.100.7/32"] } };
    expect(nextSteps(open)).toEqual([expect.stringContaining("npm run endpoint -- close staging --via")]);
  });
});
