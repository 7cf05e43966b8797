import { createHash } from "node:crypto";

/** Programs take ARNs apart; the provider check ignores this prefix in front of a token. */
export const ARN_PREFIX = "arn:aws:ref:us-east-1:123456789012:";

/** A short name of the resource for tokens: it depends on nothing but the URN, so that nothing shifts when others come. */
export function refOf(urn: string): string {
  return createHash("sha256").update(urn).digest("hex").slice(0, 12);
}

/** The recognisable value of a computed property; only characters that survive JSON, URLs and splitting at colons. */
export function token(urn: string, path: string): string {
  const plain = `ref~${refOf(urn)}~${path}~`;
  return /(^|\.)arn$|Arn(\.\d+)?$/.test(path) ? `${ARN_PREFIX}${plain}` : plain;
}
