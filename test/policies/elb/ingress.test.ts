import { describe, expect, it } from "vitest";

import { albAccessLogs } from "../../../policies/rules/elb/alb-access-logs.ts";
import { albHardening } from "../../../policies/rules/elb/alb-hardening.ts";
import { albHttps } from "../../../policies/rules/elb/alb-https.ts";
import { albPublicByIntent } from "../../../policies/rules/elb/alb-public-by-intent.ts";
import { albTls12 } from "../../../policies/rules/elb/alb-tls12.ts";
import type { Annotations } from "../../support/ingress.ts";
import { ATTRIBUTES, GOOD, INGRESS, INGRESS_PATCH, ingressWith, judgeIngress, key } from "../../support/ingress.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const without = (name: string): Annotations =>
  Object.fromEntries(Object.entries(GOOD).filter(([other]) => other !== name));

const attributes = (change: (text: string) => string): Annotations => ({
  ...GOOD,
  [ATTRIBUTES]: change(GOOD[ATTRIBUTES] ?? ""),
});

describe("an Ingress that makes a balancer", () => {
  it("is accepted when it carries all that a balancer needs", async () => {
    expect(await judgeIngress(ingressWith(GOOD))).toEqual([]);
    expect(await judgeIngress(ingressWith(GOOD), INGRESS_PATCH)).toEqual([]);
  });

  it.each<{ title: string; annotations: Annotations; findings: readonly string[] }>([
    {
      title: "plain HTTP alone",
      annotations: { ...GOOD, "listen-ports": '[{"HTTP":80}]' },
      findings: [`${key("listen-ports")} is [{"HTTP":80}], required a listener for HTTPS`],
    },
    {
      title: "plain HTTP that serves",
      annotations: without("ssl-redirect"),
      findings: [`${key("ssl-redirect")} is nothing, required 443: plain HTTP does nothing but redirect`],
    },
    {
      title: "a redirect to a port without TLS",
      annotations: { ...GOOD, "ssl-redirect": "80" },
      findings: [`${key("ssl-redirect")} is 80, required 443: plain HTTP does nothing but redirect`],
    },
    {
      title: "listeners that nobody can read",
      annotations: { ...GOOD, "listen-ports": "HTTPS:443" },
      findings: [`${key("listen-ports")} is HTTPS:443, required a list of listeners, for instance [{"HTTPS":443}]`],
    },
    {
      title: "ports as texts",
      annotations: { ...GOOD, "listen-ports": '[{"HTTPS":"443"}]' },
      findings: [
        `${key("listen-ports")} is [{"HTTPS":"443"}], required a list of listeners, for instance [{"HTTPS":443}]`,
      ],
    },
    {
      title: "no word on listeners, which means HTTP without a certificate",
      annotations: without("listen-ports"),
      findings: [`${key("listen-ports")} is nothing, required a listener for HTTPS`],
    },
    {
      title: "a policy with TLS 1.0",
      annotations: { ...GOOD, "ssl-policy": "ELBSecurityPolicy-2016-08" },
      findings: [
        `${key("ssl-policy")} is ELBSecurityPolicy-2016-08, required a policy with TLS 1.2 or newer only, for instance ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09`,
      ],
    },
    {
      title: "a public balancer without intent",
      annotations: without("tags"),
      findings: [
        `${key("scheme")} is internet-facing, required internal, or exposure=public among the annotation tags`,
      ],
    },
    {
      title: "another intent",
      annotations: { ...GOOD, tags: "team=web,exposure=partners" },
      findings: [
        `${key("scheme")} is internet-facing, required internal, or exposure=public among the annotation tags`,
      ],
    },
    {
      title: "no web ACL",
      annotations: without("wafv2-acl-arn"),
      findings: [`web: ${key("wafv2-acl-arn")} is nothing, required a web ACL`],
    },
    {
      title: "an empty web ACL",
      annotations: { ...GOOD, "wafv2-acl-arn": "" },
      findings: [`web: ${key("wafv2-acl-arn")} is nothing, required a web ACL`],
    },
    {
      title: "a web ACL that is taken off",
      annotations: { ...GOOD, "wafv2-acl-arn": "none" },
      findings: [`web: ${key("wafv2-acl-arn")} is nothing, required a web ACL`],
    },
    {
      title: "access logs that are off",
      annotations: attributes((text) => text.replace("s3.enabled=true", "s3.enabled=false")),
      findings: [`${key(ATTRIBUTES)} is access_logs.s3.enabled false, required access_logs.s3.enabled=true`],
    },
    {
      title: "access logs without a bucket",
      annotations: attributes((text) => text.replace("access_logs.s3.bucket=records,", "")),
      findings: [
        `${key(ATTRIBUTES)} is access_logs.s3.bucket nothing, required access_logs.s3.bucket with a bucket's name`,
      ],
    },
    {
      title: "a protection that keeps it in the group for ever",
      annotations: attributes((text) => `${text},deletion_protection.enabled=true`),
      findings: [
        `${key(ATTRIBUTES)} is deletion_protection.enabled true, required it in the class's IngressClassParams instead`,
      ],
    },
    {
      title: "malformed headers that pass",
      annotations: attributes((text) => text.replace(",routing.http.drop_invalid_header_fields.enabled=true", "")),
      findings: [
        `${key(ATTRIBUTES)} is routing.http.drop_invalid_header_fields.enabled nothing, required routing.http.drop_invalid_header_fields.enabled=true`,
      ],
    },
    {
      title: "requests that are only watched for smuggling",
      annotations: attributes((text) => `${text},routing.http.desync_mitigation_mode=monitor`),
      findings: [`${key(ATTRIBUTES)} is routing.http.desync_mitigation_mode monitor, required defensive or strictest`],
    },
    {
      title: "no path for the health of targets",
      annotations: without("healthcheck-path"),
      findings: [`${key("healthcheck-path")} is nothing, required a path that answers for the service's health`],
    },
    {
      title: "an empty path for it",
      annotations: { ...GOOD, "healthcheck-path": "" },
      findings: [`${key("healthcheck-path")} is nothing, required a path that answers for the service's health`],
    },
  ])("is refused for $title", async ({ annotations, findings }) => {
    expect(await judgeIngress(ingressWith(annotations))).toEqual(findings);
  });

  it.each<{ title: string; annotations: Annotations }>([
    {
      title: "HTTPS alone, which needs no redirect",
      annotations: { ...without("ssl-redirect"), "listen-ports": '[{"HTTPS":8443}]' },
    },
    {
      title: "HTTPS alone, whatever a redirect would be that is not known yet",
      annotations: { ...GOOD, "ssl-redirect": UNKNOWN, "listen-ports": '[{"HTTPS":443}]' },
    },
    {
      title: "no word on listeners with a certificate, which means HTTPS",
      annotations: { ...without("listen-ports"), "certificate-arn": UNKNOWN },
    },
    {
      title: "an internal balancer, which needs no web ACL and no intent",
      annotations: { ...without("tags"), scheme: "internal" },
    },
    {
      title: "no word on the scheme, which means internal",
      annotations: Object.fromEntries(Object.entries(without("scheme")).filter(([name]) => name !== "wafv2-acl-arn")),
    },
    { title: "a web ACL that is only being made", annotations: { ...GOOD, "wafv2-acl-arn": UNKNOWN } },
    { title: "a health path that is not known yet", annotations: { ...GOOD, "healthcheck-path": UNKNOWN } },
    {
      title: "the strictest answer to smuggling",
      annotations: attributes((text) => `${text},routing.http.desync_mitigation_mode=strictest`),
    },
  ])("is accepted with $title", async ({ annotations }) => {
    expect(await judgeIngress(ingressWith(annotations))).toEqual([]);
  });

  it("is undetermined where the value decides and is not known yet", async () => {
    for (const [rule, name] of [
      [albHttps, "listen-ports"],
      [albHttps, "ssl-redirect"],
      [albTls12, "ssl-policy"],
      [albPublicByIntent, "scheme"],
      [albAccessLogs, ATTRIBUTES],
      [albHardening, ATTRIBUTES],
    ] as const) {
      const [finding, ...others] = await evaluate(rule, INGRESS, ingressWith({ ...GOOD, [name]: UNKNOWN }));
      expect(finding, name).toMatch(/^undetermined: .*annotations/);
      expect(others, name).toEqual([]);
    }
  });
});
