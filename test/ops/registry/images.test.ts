import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { runProgram } from "../../../cli/run.ts";
import { COMMANDS } from "../../../ops/commands.ts";
import { testIo } from "../../support/cli.ts";

interface Request {
  readonly repositoryName: string;
  readonly imageIds?: readonly { readonly imageDigest: string }[];
  readonly imageDigest?: string;
  readonly imageTag?: string;
  readonly imageManifest?: string;
  readonly imageManifestMediaType?: string;
}

// A registry on this machine, as far as the command needs one: tags by image, and tags that never change their image.
const OCI_INDEX = "application/vnd.oci.image.index.v1+json";
let tags: Map<string, string[]>;
let absent: string[];
let put: Request[];
let refusePut: string | undefined;
let accountId: string;

const manifestOf = (digest: string) => `manifest of ${digest}`;
const failure = (type: string): [number, object] => [400, { __type: type, message: `${type} it is` }];

function registry(operation: string, request: Request): [number, object] {
  const { repositoryName, imageDigest = request.imageIds?.[0]?.imageDigest ?? "" } = request;
  if (absent.includes(repositoryName)) return failure("ImageNotFoundException");
  const has = tags.get(imageDigest) ?? [];
  if (operation === "DescribeImages") return [200, { imageDetails: [{ repositoryName, imageDigest, imageTags: has }] }];
  if (operation === "BatchGetImage")
    return [200, { images: [{ imageManifest: manifestOf(imageDigest), imageManifestMediaType: OCI_INDEX }] }];
  if (operation !== "PutImage") return failure("UnknownOperationException");
  put.push(request);
  if (refusePut !== undefined) return failure(refusePut);
  tags.set(imageDigest, [...has, request.imageTag ?? ""]);
  return [200, { image: {} }];
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const target = String(request.headers["x-amz-target"]);
  if (!target.includes("ContainerRegistry")) {
    response.writeHead(200, { "content-type": "text/xml" });
    response.end(
      `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>${accountId}</Account><Arn>arn:aws:iam::${accountId}:role/deployer</Arn><UserId>u</UserId></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    );
    return;
  }
  const [status, value] = registry(target.split(".").at(-1) ?? "", JSON.parse(body));
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
  response.end(JSON.stringify(value));
}

let server: Server;
let endpoint: string;
beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => {
    server.listen(0, "127.0.0.1", listening);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  endpoint = `http://127.0.0.1:${address.port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  tags = new Map();
  absent = [];
  put = [];
  refusePut = undefined;
  accountId = "111122223333";
  vi.stubEnv("AWS_ENDPOINT_URL", endpoint);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function keep(...words: string[]) {
  const io = testIo({ variables: { AWS_ENDPOINT_URL: endpoint } });
  const status = await runProgram(COMMANDS, ["images", "keep", "staging", ...words], io);
  return { status, ...io.written() };
}

describe("preflight images keep", () => {
  it("gives every image that runs its own tag, by its own manifest", async () => {
    const { status, output } = await keep();
    expect({ status, output }).toMatchObject({
      status: 0,
      output: expect.stringContaining("All 7 images of staging are kept."),
    });
    expect(put).toHaveLength(7);
    for (const { imageDigest = "", imageTag, imageManifest, imageManifestMediaType } of put) {
      expect(imageTag).toBe(`deployed.staging.${imageDigest.slice(7, 19)}`);
      expect([imageManifest, imageManifestMediaType]).toEqual([manifestOf(imageDigest), OCI_INDEX]);
    }
    expect(new Set(put.map(({ repositoryName }) => repositoryName))).toContain("preflight/postgres-client");
  });

  it("tells a script the same", async () => {
    const { output } = await keep("--json");
    expect(JSON.parse(output)).toMatchObject({
      environment: "staging",
      images: expect.arrayContaining([
        {
          image: expect.stringMatching(/^preflight\/gateway@sha256:191a3180052e/),
          tag: "deployed.staging.191a3180052e",
        },
      ]),
      absent: [],
      marked: expect.arrayContaining([expect.stringMatching(/^preflight\/gateway@/)]),
    });
  });

  it("does nothing the second time", async () => {
    await keep();
    put = [];
    expect(await keep()).toMatchObject({ status: 0, output: "All 7 images of staging are kept.\n" });
    expect(put).toEqual([]);
  });

  it("shows what it would do, and does nothing", async () => {
    const { status, output, notes } = await keep("--dry-run");
    expect(status).toBe(0);
    expect(output + notes).toContain(
      "preflight/gateway@sha256:191a3180052e gets the tag deployed.staging.191a3180052e",
    );
    expect(put).toEqual([]);
  });

  it("changes nothing when an image is not there, and says which one whose it is", async () => {
    absent = ["preflight/mailer"];
    const { status, output } = await keep();
    expect(status).toBe(1);
    expect(output).toMatch(/preflight\/mailer@sha256:[0-9a-f]{64}, for mailer\n/);
    expect(put).toEqual([]);
  });

  it("takes it well when somebody else was quicker, and badly when the tag is refused", async () => {
    refusePut = "ImageAlreadyExistsException";
    expect((await keep()).status).toBe(0);
    refusePut = "ImageTagAlreadyExistsException";
    const { status, notes } = await keep();
    expect(status).toBe(2);
    expect(notes).toContain("could not be given the tag deployed.staging.");
  });

  it("refuses another account's registry", async () => {
    accountId = "999999999999";
    const { status, notes } = await keep();
    expect(status).toBe(2);
    expect(notes).toContain("999999999999");
    expect(put).toEqual([]);
  });
});
