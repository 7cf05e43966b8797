import { WAF_CAPACITY } from "./facts/waf.ts";

/** Facts and bounds of the web application firewall. */
export const WAF = {
  /** Most API requests a second from one address; SEC-05. */
  maxApiRequestsPerSecond: 30,
  /** Most logins a minute from one address; SEC-05. */
  maxAuthenticationRequestsPerMinute: 5,
  /** Fewest requests in a window which a rate rule accepts. @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html */
  awsMinRequestsPerWindow: 10,
  /** Most requests in a window which a rate rule accepts. */
  awsMaxRequestsPerWindow: 2_000_000_000,
  /** Windows in seconds which a rate rule accepts; without one, AWS takes 300. */
  awsWindowSeconds: [60, 120, 300, 600],
  awsDefaultWindowSeconds: 300,
  /** How much of a body is looked at, in KiB, at CloudFront; more than 16 costs extra. @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html */
  awsBodyInspectionKiB: [16, 32, 48, 64],
  /**
   * Most alternatives that one list of ours holds. A list of several is one pattern, which takes 33 units of a web ACL's
   * capacity however many there are, so that all rules together stay below what costs extra (standards/facts/waf.json).
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html
   */
  maxPathPrefixes: 10,
  /** Spellings of a path that mean the same, undone before it is compared. */
  pathTransformations: ["URL_DECODE", "NORMALIZE_PATH", "LOWERCASE"],
  /** Longest pattern of a regular expression, in characters. @see https://docs.aws.amazon.com/waf/latest/APIReference/API_RegexMatchStatement.html */
  awsMaxPatternCharacters: 512,
  /** Most rules of a web ACL that count requests. @see https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
  awsMaxRateRules: 10,
  /** Longest path of a request in bytes: AWS' common rule set, which stands behind, refuses longer ones anyway. */
  maxPathBytes: WAF_CAPACITY.commonRuleSetBytes.uriPath,
  /** AWS' groups that every web ACL must have: what nearly every attack tries first. SEC-08 */
  requiredManagedGroups: ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"],
  /** Headers that logs and samples never show: whoever reads them could act as the sender. */
  secretHeaders: ["authorization", "cookie", "x-api-key"],
} as const;
