import { describe, expect, it } from "vitest";

import { albHttps } from "../../../policies/rules/elb/alb-https.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:lb/listener:Listener";

describe(albHttps.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    { title: "accepts HTTPS", props: { protocol: "HTTPS", defaultActions: [{ type: "forward" }] }, findings: [] },
    {
      title: "accepts a redirect for good",
      props: {
        protocol: "HTTP",
        defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_301" } }],
      },
      findings: [],
    },
    {
      title: "accepts what the balancer only passes on",
      props: { protocol: "TCP", defaultActions: [{ type: "forward" }] },
      findings: [],
    },
    {
      title: "rejects plain HTTP",
      props: { protocol: "HTTP", defaultActions: [{ type: "forward" }] },
      findings: ["protocol is HTTP with forward, required HTTPS, or HTTP with a redirect and nothing else"],
    },
    {
      title: "rejects an absent protocol, which AWS reads from the port",
      props: { port: 8080, defaultActions: [{ type: "forward" }] },
      findings: ["protocol is HTTP with forward, required HTTPS, or HTTP with a redirect and nothing else"],
    },
    {
      title: "rejects a redirect for now",
      props: {
        protocol: "HTTP",
        defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_302" } }],
      },
      findings: ["defaultActions[0].redirect.statusCode is HTTP_302, required HTTP_301"],
    },
    {
      title: "rejects a redirect that stays with HTTP",
      props: {
        protocol: "HTTP",
        defaultActions: [{ type: "redirect", redirect: { host: "www.example.com", statusCode: "HTTP_301" } }],
      },
      findings: ["defaultActions[0].redirect.protocol is nothing, required HTTPS"],
    },
    {
      title: "is undetermined while the protocol is unknown",
      props: { protocol: UNKNOWN, defaultActions: [] },
      findings: ["undetermined: protocol"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(albHttps, TYPE, props)).toEqual(findings);
    expect(await evaluate(albHttps, TYPE.replace("aws:lb/", "aws:alb/"), props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(albHttps, "aws:lb/listenerRule:ListenerRule", {})).toEqual([]);
  });
});
