import type { input } from "@pulumi/aws/types/index.js";
import type { WebAclArgs } from "@pulumi/aws/wafv2/index.js";
import type * as pulumi from "@pulumi/pulumi";

import { pathPattern } from "../../core/path-pattern.ts";
import { WAF } from "../../standards/waf.ts";

export type Rule = input.wafv2.WebAclRule;
/** A rule before its place in the order is known. */
export type NamedRule = Omit<Rule, "name" | "priority" | "visibilityConfig"> & { readonly name: string };
export type Statement = input.wafv2.WebAclRuleStatement;

/** What a rule needs so that it can be seen: counted under its name, with samples of what it caught. */
export function visibility(metricName: string): WebAclArgs["visibilityConfig"] & object {
  return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: true };
}

/** Rules in the order in which they are asked; the first that decides ends the matter. */
export function inOrder(rules: readonly NamedRule[]): Rule[] {
  return rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) }));
}

/** Spellings of a path that mean the same must not get around a rule. */
const PATH_TRANSFORMATIONS = WAF.pathTransformations.map((type, priority) => ({
  type,
  priority,
}));
const PLAIN = [{ type: "NONE", priority: 0 }];

/** A path, in small letters and undone of other spellings, that fits a regular expression. */
export function pathMatches(regexString: string): Statement {
  return {
    regexMatchStatement: { regexString, fieldToMatch: { uriPath: {} }, textTransformations: PATH_TRANSFORMATIONS },
  };
}

/** A header that is there and says something. */
export function hasHeader(name: string): Statement {
  return {
    sizeConstraintStatement: {
      comparisonOperator: "GT",
      size: 0,
      fieldToMatch: { singleHeader: { name } },
      textTransformations: PLAIN,
    },
  };
}

/** One statement is itself: AWS refuses an "and" of fewer than two. The provider takes three levels, so there is but one "and". */
export function allOf(statements: readonly Statement[]): Statement {
  const [first] = statements;
  if (first === undefined) throw new Error("a rule needs something to look for");
  return statements.length === 1 ? first : { andStatement: { statements: [...statements] } };
}

/** One statement is itself: AWS refuses an "or" of fewer than two. */
function anyOf(statements: readonly Statement[]): Statement {
  const [first] = statements;
  if (first === undefined) throw new Error("a rule needs something to look for");
  return statements.length === 1 ? first : { orStatement: { statements: [...statements] } };
}

/** AWS' own group of rules; those named in `counted` only count, because a rule of ours decides instead. */
export function managedGroup(name: string, counted: readonly string[] = []): NamedRule {
  return {
    name,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name,
        ...(counted.length === 0
          ? {}
          : { ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })) }),
      },
    },
  };
}

/** What a rule counts. */
interface Counted {
  readonly requests: number;
  readonly windowSeconds: number;
  /** Which requests; undefined: all. */
  readonly scope: Statement | undefined;
  /** The header whose values are counted apart; undefined: addresses are. */
  readonly keyHeader?: string;
}

/** Requests of one address, or one key, beyond the rate are answered with 429 until the window has passed. SEC-05 */
export function rateRule(name: string, { requests, windowSeconds, scope, keyHeader }: Counted): NamedRule {
  const counting =
    keyHeader === undefined
      ? { aggregateKeyType: "IP" }
      : {
          aggregateKeyType: "CUSTOM_KEYS",
          customKeys: [{ header: { name: keyHeader, textTransformations: PLAIN } }],
        };
  return {
    name,
    action: {
      block: {
        customResponse: { responseCode: 429, responseHeaders: [{ name: "retry-after", value: String(windowSeconds) }] },
      },
    },
    statement: {
      rateBasedStatement: {
        ...counting,
        limit: requests,
        evaluationWindowSec: windowSeconds,
        ...(scope === undefined ? {} : { scopeDownStatement: scope }),
      },
    },
  };
}

/** Paths that nobody asks for in good faith. */
export function blockedPaths(prefixes: readonly string[]): NamedRule {
  return { name: "blocked-paths", action: { block: {} }, statement: pathMatches(pathPattern(prefixes)) };
}

export function otherMethods(allowed: readonly string[]): NamedRule {
  const known: Statement = {
    regexMatchStatement: {
      regexString: `^(${allowed.join("|")})$`,
      fieldToMatch: { method: {} },
      textTransformations: PLAIN,
    },
  };
  return {
    name: "other-methods",
    action: { block: { customResponse: { responseCode: 405 } } },
    statement: { notStatement: { statement: known } },
  };
}

export function longPaths(): NamedRule {
  return {
    name: "long-paths",
    action: { block: { customResponse: { responseCode: 414 } } },
    statement: {
      sizeConstraintStatement: {
        comparisonOperator: "GT",
        size: WAF.maxPathBytes,
        fieldToMatch: { uriPath: {} },
        textTransformations: PLAIN,
      },
    },
  };
}

/** Bodies beyond the limit, and beyond what can be looked at, of the requests that are asked about. */
export function largeBodies(name: string, maxBodyKiB: number, of: readonly Statement[]): NamedRule {
  const large: Statement = {
    sizeConstraintStatement: {
      comparisonOperator: "GT",
      size: maxBodyKiB * 1024,
      fieldToMatch: { body: { oversizeHandling: "MATCH" } },
      textTransformations: PLAIN,
    },
  };
  return {
    name,
    action: { block: { customResponse: { responseCode: 413 } } },
    statement: allOf([...of, large]),
  };
}

/** Whatever did not come through the CDN, which alone knows the values. */
export function withoutHeader(header: string, values: readonly pulumi.Input<string>[]): NamedRule {
  const equals = (searchString: pulumi.Input<string>): Statement => ({
    byteMatchStatement: {
      searchString,
      positionalConstraint: "EXACTLY",
      fieldToMatch: { singleHeader: { name: header } },
      textTransformations: PLAIN,
    },
  });
  return {
    name: "past-the-cdn",
    action: { block: {} },
    statement: { notStatement: { statement: anyOf(values.map(equals)) } },
  };
}

/** The smallest offered part of a body that covers `maxBodyKiB`. */
export function inspectionLimit(maxBodyKiB: number): `KB_${number}` {
  const kib = WAF.awsBodyInspectionKiB.find((offered) => offered >= maxBodyKiB);
  if (kib === undefined) throw new Error(`nobody looks at ${maxBodyKiB} KiB of a body`);
  return `KB_${kib}`;
}

/** What logs and samples show as REDACTED. */
export function dataProtection(headers: readonly string[]): WebAclArgs["dataProtectionConfig"] {
  return {
    dataProtections: [{ action: "SUBSTITUTION", field: { fieldType: "SINGLE_HEADER", fieldKeys: [...headers] } }],
  };
}
