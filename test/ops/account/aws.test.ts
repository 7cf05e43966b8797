import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { createAsk } from "../../../ops/account/ask.ts";
import { awsTransport } from "../../../ops/account/aws.ts";

interface Request {
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A stand-in on loopback that answers each request by the next of its answers, the last one again and again. */
const requests: Request[] = [];
let answers: readonly { readonly status: number; readonly body: string; readonly type?: string }[] = [];
let pause = 0;
const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (text: string) => {
    body += text;
  });
  request.on("end", () => {
    requests.push({ url: request.url ?? "", headers: request.headers, body });
    const answer = answers[Math.min(requests.length, answers.length) - 1] ?? { status: 500, body: "{}" };
    setTimeout(() => {
      response
        .writeHead(answer.status, { "content-type": answer.type ?? "application/x-amz-json-1.1" })
        .end(answer.body);
    }, pause);
  });
});

const holder = { accountId: "444455556666", region: "eu-west-1", regions: ["eu-west-1"], name: "preflight-production" };
let endpoint = "";

beforeEach(async () => {
  requests.length = 0;
  pause = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  endpoint = `http://127.0.0.1:${port}`;
  vi.stubEnv("AWS_ENDPOINT_URL", endpoint);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "example");
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const asking = (within?: number) => {
  const { transport } = awsTransport({ region: "eu-west-1", endpoint, ...(within === undefined ? {} : { within }) });
  return createAsk(transport, holder, { asked: 0, answered: 0 });
};

describe("a question", () => {
  it("that is throttled is sent again", async () => {
    answers = [
      { status: 400, body: JSON.stringify({ __type: "ThrottlingException", message: "Rate exceeded" }) },
      { status: 200, body: JSON.stringify({ trailList: [] }) },
    ];
    expect(await asking()("cloudtrail:DescribeTrails", {}, "eu-west-1")).toMatchObject({
      kind: "answer",
      value: { trailList: [] },
    });
    expect(requests).toHaveLength(2);
  });

  it("without an answer ends when its time is over", async () => {
    answers = [{ status: 200, body: "{}" }];
    pause = 5000;
    const began = performance.now();
    expect(await asking(200)("cloudtrail:DescribeTrails", {}, "eu-west-1")).toMatchObject({
      kind: "late",
      action: "cloudtrail:DescribeTrails",
    });
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it("that may not be asked has the action and the resource", async () => {
    answers = [{ status: 400, body: JSON.stringify({ __type: "AccessDeniedException", message: "not authorized" }) }];
    expect(await asking()("eks:DescribeCluster", { name: "preflight-production" }, "eu-west-1")).toMatchObject({
      kind: "denied",
      action: "eks:DescribeCluster",
      resources: ["arn:aws:eks:eu-west-1:444455556666:cluster/preflight-production"],
    });
  });

  it("is sent once, however many ask it", async () => {
    answers = [{ status: 200, body: JSON.stringify({ trailList: [] }) }];
    const ask = asking();
    await Promise.all([1, 2, 3].map(() => ask("cloudtrail:DescribeTrails", {}, "eu-west-1")));
    await ask("cloudtrail:DescribeTrails", {}, "us-east-1");
    expect(requests).toHaveLength(2);
  });
});

describe("services without a client", () => {
  it("are asked with a signature of their own", async () => {
    answers = [{ status: 200, body: JSON.stringify({ Connection: { ConnectionStatus: "PENDING" } }) }];
    const arn = "arn:aws:codeconnections:eu-west-1:444455556666:connection/7c2e";
    expect(await asking()("codeconnections:GetConnection", { ConnectionArn: arn }, "eu-west-1")).toEqual({
      kind: "answer",
      value: { Connection: { ConnectionStatus: "PENDING" } },
    });
    const [request] = requests;
    expect(JSON.parse(request?.body ?? "")).toEqual({ ConnectionArn: arn });
    expect(request?.headers["x-amz-target"]).toBe(
      "com.amazonaws.codeconnections.CodeConnections_20231201.GetConnection",
    );
    expect(request?.headers["authorization"]).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/eu-west-1\/codeconnections\/aws4_request, SignedHeaders=[\w;-]*host[\w;-]*, Signature=[0-9a-f]{64}$/,
    );
    expect(request?.headers["host"]).toBe(new URL(endpoint).host);
  });

  it("answer refusals by their codes, and throttling by another try", async () => {
    answers = [
      { status: 429, body: JSON.stringify({ message: "slow down" }) },
      {
        status: 403,
        body: JSON.stringify({ __type: "com.amazon.coral.service#AccessDeniedException", message: "no" }),
      },
    ];
    expect(await asking()("chatbot:DescribeSlackWorkspaces", {}, "us-east-2")).toMatchObject({
      kind: "denied",
      code: "AccessDeniedException",
      message: "no",
    });
    expect(requests.map(({ url }) => url)).toEqual(["/describe-slack-workspaces", "/describe-slack-workspaces"]);
  });

  it("are silent about what does not exist", async () => {
    answers = [{ status: 400, body: JSON.stringify({ __type: "ResourceNotFoundException" }) }];
    expect(await asking()("codeconnections:GetConnection", { ConnectionArn: "arn" }, "eu-west-1")).toEqual({
      kind: "absent",
      code: "ResourceNotFoundException",
    });
  });
});
