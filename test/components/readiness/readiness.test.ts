import { Provider } from "@pulumi/aws/provider.js";
import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, it, vi } from "vitest";

import { requireReadiness } from "../../../components/readiness/readiness.ts";
import type { StackConfig } from "../../../config/schema.ts";
import type { Phase } from "../../../core/phases.ts";
import { answerInvoke } from "../../../preview/cloud/fake-cloud.ts";
import { parsedStack } from "../../support/stack-files.ts";

type Call = Parameters<pulumi.runtime.Mocks["call"]>[0];

interface Asked {
  readonly calls: readonly string[];
  readonly warnings: readonly string[];
  readonly refusal: string | undefined;
}

/** An account in which everything is there. */
const complete = ({ token, inputs }: Call): Record<string, unknown> => {
  const answer = answerInvoke(token, inputs);
  if (answer === undefined) throw new Error(`no answer for ${token}`);
  return answer;
};

/** Asks as the program does, of an account that answers so. */
async function ask(
  phase: Phase,
  answer: (call: Call) => Record<string, unknown>,
  { dryRun = false, config = parsedStack("staging") }: { dryRun?: boolean; config?: StackConfig } = {},
): Promise<Asked> {
  const calls: string[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name }) => ({ id: name, state: {} }),
      call: (call) => {
        calls.push(`${call.token} ${JSON.stringify(call.inputs)}`);
        return answer(call);
      },
    },
    "preflight",
    "staging",
    dryRun,
  );
  const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
  let refusal: string | undefined;
  try {
    const provider = new Provider("aws", { region: "eu-west-1" });
    await requireReadiness({ config: { ...config, environment: { ...config.environment, phase } }, provider });
  } catch (error) {
    if (!pulumi.RunError.isInstance(error)) throw error;
    refusal = error.message;
  }
  await pulumi.runtime.disconnect();
  return { calls, warnings: warn.mock.calls.map(([text]) => text), refusal };
}

/** What the engine answers when a provider refuses. */
function refuse(details: string): never {
  throw Object.assign(new Error(details), { details });
}

/** Nothing was pushed, nothing put in: what AWS says then. */
const empty = ({ token, inputs }: Call): Record<string, unknown> => {
  if (token === "aws:ecr/getImage:getImage")
    refuse("reading ECR Images: ImageNotFoundException: The image does not exist");
  return { secretId: inputs["secretId"], versions: [] };
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe("requireReadiness", () => {
  it.each(["foundation", "edge"] as const)("asks nothing in the phase %s, which needs none of it", async (phase) => {
    expect(await ask(phase, empty)).toEqual({ calls: [], warnings: [], refusal: undefined });
  });

  it("lets services start where all is there, having asked for each digest and each secret that one reads", async () => {
    const { calls, warnings, refusal } = await ask("services", complete);
    expect({ warnings, refusal }).toEqual({ warnings: [], refusal: undefined });
    expect(calls.filter((call) => call.includes("getImage"))).toHaveLength(7);
    const secrets = calls.filter((call) => call.includes("getSecretVersions")).toSorted();
    expect(secrets.map((call) => /shop\/([\w-]+)/.exec(call)?.[1])).toEqual([
      "email-provider-api-key",
      "error-tracker-dsn",
      "payment-provider-api-key",
    ]);
  });

  it("never asks for a value", async () => {
    const { calls } = await ask("services", complete);
    expect(new Set(calls.map((call) => call.split(" ")[0]))).toEqual(
      new Set(["aws:ecr/getImage:getImage", "aws:secretsmanager/getSecretVersions:getSecretVersions"]),
    );
  });

  it("ends the run with everything that is missing at once, each with AWS' words and its command", async () => {
    const { refusal = "" } = await ask("services", empty);
    expect(refusal).toContain("The services of staging cannot start: of 10 images and values, 10 are not there.");
    expect(refusal).toMatch(/image preflight\/gateway@sha256:191a\S+, for gateway: reading ECR Images: ImageNotFound/);
    expect(refusal).toContain(
      "value of the secret preflight-staging/shop/payment-provider-api-key, of order-worker, orders: it has none yet",
    );
    expect(refusal.match(/^ {4}do: (?:docker push|aws secretsmanager put-secret-value) /gm)).toHaveLength(10);
    expect(refusal).toContain("docker login --username AWS");
    expect(refusal).toContain("environment.phase: foundation");
  });

  it("does not start an image that the registry's clean-up would take, and says what keeps it", async () => {
    const { refusal = "", calls } = await ask("services", (call) =>
      call.token.includes("getImage") ? { ...complete(call), imageTags: ["1.4.0"] } : complete(call),
    );
    expect(refusal).toContain("The registry's clean-up does not know of 7 images that staging is to run");
    expect(refusal).toMatch(
      /image preflight\/orders@sha256:951be393066e\w+, for orders: without the tag deployed\.staging\.951be393066e\n {4}do: npm run images -- keep staging\n/,
    );
    expect(refusal).not.toContain("docker login");
    expect(calls.filter((call) => call.includes('"imageTag":"deployed.staging.'))).toHaveLength(7);
  });

  it("asks for the image of the migrations too, when it is another one", async () => {
    const config = parsedStack("staging");
    const newer = `orders@sha256:${"a".repeat(64)}`;
    const catalogue = config.services.catalogue.map((service) =>
      service.kind === "api" && service.migrations !== null
        ? { ...service, migrations: { ...service.migrations, image: newer } }
        : service,
    );
    const { calls } = await ask("services", complete, {
      config: { ...config, services: { ...config.services, catalogue } },
    });
    expect(calls.filter((call) => call.includes(`sha256:${"a".repeat(64)}`))).toHaveLength(1);
  });

  it("counts a version that is not the current one as no value", async () => {
    const { refusal = "" } = await ask("services", (call) =>
      call.token.includes("getImage")
        ? complete(call)
        : { versions: [{ versionId: "1", versionStages: ["AWSPENDING"] }] },
    );
    expect(refusal).toContain("of 10 images and values, 3 are not there");
    expect(refusal).not.toContain("docker login");
  });

  it("says so where nobody may look, instead of passing", async () => {
    const { refusal = "" } = await ask("services", (call) => {
      if (!call.token.includes("getSecretVersions")) return complete(call);
      return refuse("AccessDeniedException: not authorized to perform: secretsmanager:ListSecretVersionIds");
    });
    expect(refusal).toContain("error-tracker-dsn, of gateway");
    expect(refusal).toContain("not authorized to perform: secretsmanager:ListSecretVersionIds");
  });

  it("only warns in a preview", async () => {
    const { refusal, warnings } = await ask("services", empty, { dryRun: true });
    expect(refusal).toBeUndefined();
    expect(warnings).toEqual([expect.stringContaining("10 are not there")]);
    expect(warnings[0]).not.toContain("Nothing was changed");
  });

  it("asks for no image of databases where no service has one", async () => {
    const config = parsedStack("staging");
    const catalogue = config.services.catalogue.filter(({ name }) => name === "gateway" || name === "mailer");
    const { calls } = await ask("services", complete, {
      config: { ...config, services: { ...config.services, catalogue } },
    });
    expect(calls.filter((call) => call.includes("getImage"))).toHaveLength(2);
  });
});
