import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import * as securityHub from "@aws-sdk/client-securityhub";
import * as sns from "@aws-sdk/client-sns";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { createHandler } from "../../../components/audit/findings-lambda/index.js";

// The SDK's own clients talk to a server on this machine that stands for both services.
const PRODUCT = "arn:aws:securityhub:eu-west-1::product/aws/securityhub";
const PUBLISHED =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>';
const REFUSED =
  '<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>no</Message></Error></ErrorResponse>';

const eventOf = (...ids: string[]) => ({
  source: "aws.securityhub",
  "detail-type": "Security Hub Findings - Imported",
  detail: {
    findings: ids.map((Id) => ({
      Id,
      ProductArn: PRODUCT,
      Title: "S3 general purpose buckets should block public access",
      Severity: { Label: "HIGH" },
      Workflow: { Status: "NEW" },
    })),
  },
});

let calls: [string, unknown][];
let answers: { readonly publish: number; readonly mark: number; readonly left: readonly object[] };
let server: Server;
let tell: ReturnType<typeof createHandler>;

beforeAll(async () => {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    if (request.url === "/findings/batchupdate") {
      calls.push(["mark", JSON.parse(body)]);
      const found = answers.mark === 200 ? { ProcessedFindings: [], UnprocessedFindings: answers.left } : {};
      response.writeHead(answers.mark, { "content-type": "application/json", "x-amzn-errortype": "AccessDenied" });
      response.end(JSON.stringify(found));
    } else {
      const form = new URLSearchParams(body);
      calls.push(["publish", { topic: form.get("TopicArn"), message: form.get("Message") }]);
      response.writeHead(answers.publish, { "content-type": "text/xml" });
      response.end(answers.publish === 200 ? PUBLISHED : REFUSED);
    }
  };
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const options = {
    endpoint: `http://127.0.0.1:${address.port}`,
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  tell = createHandler({
    connect: () =>
      Promise.resolve({
        sns,
        securityHub,
        topics: new sns.SNSClient(options),
        findings: new securityHub.SecurityHubClient(options),
      }),
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  calls = [];
  answers = { publish: 200, mark: 200, left: [] };
  vi.stubEnv("TOPIC_ARN", "arn:aws:sns:eu-west-1:111122223333:security");
  vi.spyOn(console, "info").mockReturnValue(undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("the function that tells of findings", () => {
  it("tells first, with the event as it came, and marks then", async () => {
    const event = eventOf("finding-1");
    await tell(event);
    expect(calls).toEqual([
      ["publish", { topic: "arn:aws:sns:eu-west-1:111122223333:security", message: JSON.stringify(event) }],
      ["mark", { FindingIdentifiers: [{ Id: "finding-1", ProductArn: PRODUCT }], Workflow: { Status: "NOTIFIED" } }],
    ]);
  });

  it("marks nothing of which nobody was told", async () => {
    answers = { ...answers, publish: 403 };
    await expect(tell(eventOf("finding-1"))).rejects.toThrow("no");
    expect(calls.map(([call]) => call)).toEqual(["publish"]);
  });

  it("fails, so that Lambda tries again, when the mark is refused", async () => {
    answers = { ...answers, mark: 403 };
    await expect(tell(eventOf("finding-1"))).rejects.toMatchObject({ name: "AccessDenied" });
  });

  it("fails when Security Hub answers well and left the finding out", async () => {
    const left = {
      FindingIdentifier: { Id: "finding-2", ProductArn: PRODUCT },
      ErrorCode: "FindingNotFound",
      ErrorMessage: "there is none",
    };
    answers = { ...answers, left: [left] };
    await expect(tell(eventOf("finding-2"))).rejects.toThrow(
      "finding-2 was not marked: FindingNotFound: there is none",
    );
  });
});
