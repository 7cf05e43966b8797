import * as z from "zod";

import { LOGS } from "../standards/logs.ts";

/**
 * A whole number with its bounds and unit. `description` says what the number is for; it is shown when the value is
 * refused, and in the generated reference.
 */
export function wholeNumber(
  bounds: { readonly min: number; readonly max: number; readonly unit: string },
  description: string,
): z.ZodNumber {
  return z.int().min(bounds.min).max(bounds.max).meta({ description, unit: bounds.unit });
}

/** A text of a certain form. `form` says it in words, with an example. */
export function text(pattern: RegExp, form: string, description: string): z.ZodString {
  return z.string().regex(pattern).meta({ description, form });
}

/** An on/off setting that reads as a claim. */
export function flag(description: string): z.ZodBoolean {
  return z.boolean().meta({ description });
}

/** A name in Kubernetes' and AWS' common subset: lower-case letters, digits, hyphens. */
export function slug(description: string, maxLength = 40): z.ZodString {
  return text(
    new RegExp(`^[a-z](?:[a-z0-9-]{0,${maxLength - 2}}[a-z0-9])?$`),
    `lower-case letters, digits and hyphens, at most ${maxLength}, for instance "billing-api"`,
    description,
  );
}

export function ipv4Cidr(description: string): z.ZodString {
  return text(
    /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\/(?:3[0-2]|[12]?\d)$/,
    'an IPv4 block, for instance "10.20.0.0/16"',
    description,
  );
}

export function iamRoleArn(description: string): z.ZodString {
  return text(
    /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    'a role\'s ARN, for instance "arn:aws:iam::111122223333:role/deployer"',
    description,
  );
}

export function emailAddress(description: string): z.ZodString {
  return text(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, 'an e-mail address, for instance "team@example.com"', description);
}

/** A name in the DNS, in lower case and without a dot at the end. */
export function hostName(description: string): z.ZodString {
  return text(
    /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/,
    'a host name in lower case, for instance "www.example.com"',
    description,
  );
}

/** Days for which a log group keeps its events: one of CloudWatch's own steps, within our bounds. */
export function logRetentionDays(description: string, minDays: number = LOGS.minRetentionDays): z.ZodLiteral<number> {
  const allowed = LOGS.awsRetentionDays.filter((days) => days >= minDays && days <= LOGS.maxRetentionDays);
  return z.literal(allowed).meta({ description, unit: "days" });
}
