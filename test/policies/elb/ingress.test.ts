import type { ResourceValidationPolicy } from "@pulumi/policy";
import { describe, expect, it } from "vitest";

import { albAccessLogs } from "../../../policies/rules/elb/alb-access-logs.ts";
import { albHardening } from "../../../policies/rules/elb/alb-hardening.ts";
import { albHttps } from "../../../policies/rules/elb/alb-https.ts";
import { albPublicByIntent } from "../../../policies/rules/elb/alb-public-by-intent.ts";
import { albTargetHealth } from "../../../policies/rules/elb/alb-target-health.ts";
import { albTls12 } from "../../../policies/rules/elb/alb-tls12.ts";
import { albWaf } from "../../../policies/rules/elb/alb-waf.ts";
import { evaluate, evaluateStack, UNKNOWN } from "../../support/policy.ts";

const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const PATCH = `${INGRESS}Patch`;

type Annotations = Readonly<Record<string, string>>;

const key = (name: string) => `metadata.annotations["alb.ingress.kubernetes.io/${name}"]`;
const prefixed = (annotations: Annotations) =>
  Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`alb.ingress.kubernetes.io/${name}`, value]));
const propsOf = (annotations: Annotations) => ({
  metadata: { annotations: prefixed(annotations) },
  spec: { ingressClassName: "alb" },
});

const judgeWaf = (props: Record<string, unknown>, type = INGRESS) =>
  evaluateStack(albWaf, [{ type, name: "web", props }]);

/** What a correct Ingress carries; every rule takes it. */
const GOOD: Annotations = {
  scheme: "internet-facing",
  tags: "exposure=public",
  "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
  "ssl-redirect": "443",
  "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "wafv2-acl-arn": "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/balancer/1",
  "load-balancer-attributes":
    "access_logs.s3.enabled=true,access_logs.s3.bucket=records,deletion_protection.enabled=true,routing.http.drop_invalid_header_fields.enabled=true",
  "healthcheck-path": "/ready",
};

const without = (name: string): Annotations =>
  Object.fromEntries(Object.entries(GOOD).filter(([other]) => other !== name));

const ATTRIBUTES = "load-balancer-attributes";
const attributes = (change: (text: string) => string): Annotations => ({
  ...GOOD,
  [ATTRIBUTES]: change(GOOD[ATTRIBUTES] ?? ""),
});

const RULES: readonly ResourceValidationPolicy[] = [
  albAccessLogs,
  albHardening,
  albHttps,
  albPublicByIntent,
  albTargetHealth,
  albTls12,
];
const judgeAll = async (props: Record<string, unknown>, type = INGRESS) => [
  ...(await Promise.all(RULES.map((rule) => evaluate(rule, type, props)))).flat(),
  ...(await judgeWaf(props, type)),
];

describe("an Ingress that makes a balancer", () => {
  it("is accepted when it carries all that a balancer needs", async () => {
    expect(await judgeAll(propsOf(GOOD))).toEqual([]);
    expect(await judgeAll(propsOf(GOOD), PATCH)).toEqual([]);
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
        `${key("ssl-policy")} is ELBSecurityPolicy-2016-08, required a policy with TLS 1.2 or newer only, for instance ELBSecurityPolicy-TLS13-1-2-2021-06`,
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
      title: "a balancer that one call deletes",
      annotations: attributes((text) =>
        text.replace("deletion_protection.enabled=true", "deletion_protection.enabled=false"),
      ),
      findings: [`${key(ATTRIBUTES)} is deletion_protection.enabled false, required deletion_protection.enabled=true`],
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
    expect(await judgeAll(propsOf(annotations))).toEqual(findings);
  });

  it.each<{ title: string; annotations: Annotations }>([
    {
      title: "HTTPS alone, which needs no redirect",
      annotations: { ...without("ssl-redirect"), "listen-ports": '[{"HTTPS":8443}]' },
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
    expect(await judgeAll(propsOf(annotations))).toEqual([]);
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
      const [finding, ...others] = await evaluate(rule, INGRESS, propsOf({ ...GOOD, [name]: UNKNOWN }));
      expect(finding, name).toMatch(/^undetermined: .*annotations/);
      expect(others, name).toEqual([]);
    }
  });

  it("is recognised by its class, by the old annotation of the class, and by the controller's annotations", async () => {
    for (const props of [
      { spec: { ingressClassName: "alb" } },
      { metadata: { annotations: { "kubernetes.io/ingress.class": "alb" } } },
      { metadata: { annotations: prefixed({ "target-type": "ip" }) } },
    ]) {
      expect((await judgeAll(props)).length).toBeGreaterThan(3);
    }
  });

  it("leaves the Ingress of another controller alone", async () => {
    expect(
      await judgeAll({
        metadata: { annotations: { "nginx.ingress.kubernetes.io/ssl-redirect": "false" } },
        spec: { ingressClassName: "nginx" },
      }),
    ).toEqual([]);
    expect(await judgeAll({ spec: { rules: [] } })).toEqual([]);
  });
});

describe("a patch of such an Ingress", () => {
  it("says nothing of what it does not name", async () => {
    expect(await judgeAll(propsOf({ "group.order": "10" }), PATCH)).toEqual([]);
  });

  it("is judged in what it names", async () => {
    expect(
      await judgeAll(
        propsOf({
          "listen-ports": '[{"HTTP":80}]',
          "ssl-policy": "ELBSecurityPolicy-2016-08",
          [ATTRIBUTES]: "idle_timeout.timeout_seconds=60",
          "healthcheck-path": "",
        }),
        PATCH,
      ),
    ).toHaveLength(6);
  });

  it("brings the intent and the web ACL when it makes a balancer public", async () => {
    expect(await judgeAll(propsOf({ scheme: "internet-facing" }), PATCH)).toEqual([
      `${key("scheme")} is internet-facing, required internal, or exposure=public among the annotation tags`,
      `web: ${key("wafv2-acl-arn")} is nothing, required a web ACL`,
    ]);
  });
});
