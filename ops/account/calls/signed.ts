import { STSClient } from "@aws-sdk/client-sts";
import { SignatureV4 } from "@smithy/signature-v4";
import * as z from "zod";

import type { Wire } from "./call.ts";
import { call } from "./call.ts";

/** A request to a service whose client for this SDK is not published, or is years behind the others. */
interface Request {
  /** The service's name in signatures, and where it answers. */
  readonly service: string;
  readonly region: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** How often a request that was throttled is sent again, and the first pause before it in milliseconds. */
const TRIES = 4;
const PAUSE_MILLISECONDS = 300;

/** A refusal by the service, with its code as the SDK's errors have it. */
class ServiceError extends Error {
  constructor(code: string, message: string) {
    super(message);
    this.name = code;
  }
}

const FAILURE = z.object({
  __type: z.string().optional(),
  message: z.string().optional(),
  Message: z.string().optional(),
});

/** The service's own code of a refusal; bodies and headers differ by protocol. */
async function failureOf(answer: Response): Promise<ServiceError> {
  const parsed = FAILURE.safeParse(await answer.json().catch(() => ({})));
  const { __type, message, Message } = parsed.success ? parsed.data : {};
  const code = (answer.headers.get("x-amzn-errortype") ?? __type ?? `Http${answer.status}`).split(":")[0] ?? "";
  return new ServiceError(code.split("#").at(-1) ?? code, message ?? Message ?? `answered ${answer.status}`);
}

async function send<T>(request: Request, answer: z.ZodType<T>, { options, signal, endpoint }: Wire): Promise<T> {
  const url = new URL(request.path, endpoint ?? `https://${request.service}.${request.region}.amazonaws.com`);
  const body = JSON.stringify(request.body);
  const { credentials, sha256 } = new STSClient(options).config;
  const signer = new SignatureV4({ credentials, sha256, service: request.service, region: request.region });
  for (let attempt = 1; ; attempt += 1) {
    const signed = await signer.sign({
      method: "POST",
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: {},
      headers: { ...request.headers, host: url.host },
      body,
    });
    const response = await fetch(url, { method: "POST", headers: signed.headers, body, signal });
    if (response.ok) return answer.parse(await response.json());
    const failure = await failureOf(response);
    const passes = response.status === 429 || response.status >= 500 || failure.name.includes("Throttl");
    if (!passes || attempt === TRIES) throw failure;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS * 2 ** attempt));
  }
}

const CONNECTION = z.object({ Connection: z.object({ ConnectionStatus: z.string().optional() }).optional() });
const WORKSPACES = z.object({
  SlackWorkspaces: z.array(z.object({ SlackTeamId: z.string(), State: z.string().optional() })).default([]),
});

/** Ways to GitHub and to Slack. */
export const SIGNED_CALLS = {
  "codeconnections:GetConnection": call(
    (input: { readonly ConnectionArn: string }, wire) =>
      send(
        {
          service: "codeconnections",
          region: wire.options.region,
          path: "/",
          headers: {
            "content-type": "application/x-amz-json-1.0",
            "x-amz-target": "com.amazonaws.codeconnections.CodeConnections_20231201.GetConnection",
          },
          body: input,
        },
        CONNECTION,
        wire,
      ),
    {
      absent: ["ResourceNotFoundException"],
      resources: ({ accountId, region }) => [
        `arn:aws:codeconnections:${region}:${accountId}:connection/*`,
        `arn:aws:codestar-connections:${region}:${accountId}:connection/*`,
      ],
    },
  ),
  "chatbot:DescribeSlackWorkspaces": call((input: { readonly MaxResults?: number }, wire) =>
    send(
      {
        service: "chatbot",
        region: wire.options.region,
        path: "/describe-slack-workspaces",
        headers: { "content-type": "application/json" },
        body: input,
      },
      WORKSPACES,
      wire,
    ),
  ),
} as const;
