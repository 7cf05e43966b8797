import { modernPolicies, TLS_POLICIES } from "./facts/tls-policies.ts";

/** Facts and bounds of load balancers. */
export const BALANCER = {
  /**
   * The policy of our own listeners: without ciphers in CBC mode, and with a key exchange that a later quantum computer does
   * not undo; the console takes it too. Their only client, CloudFront, speaks GCM. SEC-01
   */
  tlsPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  /**
   * Security policies of listeners with TLS 1.2 or newer and forward secrecy throughout; SEC-01.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
   */
  tlsPolicies: modernPolicies(TLS_POLICIES.loadBalancer, ({ forwardSecrecy }) => forwardSecrecy),
  /**
   * Highest place of an Ingress in its group; the lowest is the same below zero.
   * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#group.order
   */
  lastGroupOrder: 1000,
  /**
   * Longest path of a listener rule in characters, without the two that the controller adds for everything below it.
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
   */
  maxPathChars: 126,
  /** Tag by which a component says that a balancer is meant to be reached from the internet. NET-02 */
  exposureTag: "exposure",
  publicExposure: "public",
} as const;
