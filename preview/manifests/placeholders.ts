import { createHash } from "node:crypto";

import { isRecord } from "../../core/records.ts";
import { isSecret, MASK, UNKNOWN } from "../engine/wire.ts";

/** A value that the fake cloud made up, with the prefix that it gives to ARNs. */
const TOKEN = /ref~([0-9a-f]+)~([^~]*)~/g;

/** Longest label of a host name, and longest value of a Kubernetes label. */
const LABEL_LENGTH = 63;

/** One label of a host name: also good as an object's name, a label's value, a path. */
function labelOf(ref: string, path: string): string {
  const words = path.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return `ref-${ref}-${words}`.slice(0, LABEL_LENGTH).replace(/-+$/, "");
}

/** An address of the block for tests of networks (RFC 2544), the same for the same token. */
function addressOf(token: string): string {
  const [first = 0, second = 0] = createHash("sha256").update(token).digest();
  return `198.18.${first}.${second}/32`;
}

/** Fields of Kubernetes objects that hold an address block, and are refused with anything else. */
const ADDRESS_KEYS: ReadonlySet<string> = new Set(["cidr", "except", "loadBalancerSourceRanges"]);

function acceptable(text: string, key: string): string {
  if (text.search(TOKEN) === -1) return text;
  if (ADDRESS_KEYS.has(key)) return addressOf(text);
  return text.replace(TOKEN, (_, ref: string, path: string) => labelOf(ref, path));
}

/**
 * A value as an API server takes it: secrets masked, and what the fake cloud made up in letters that host names,
 * labels and addresses may have. Same value, same answer; equal tokens stay equal.
 */
export function forApiServer(value: unknown, key = ""): unknown {
  if (value === UNKNOWN) return "unknown";
  if (typeof value === "string") return acceptable(value, key);
  if (Array.isArray(value)) return value.map((item) => forApiServer(item, key));
  if (!isRecord(value)) return value;
  if (isSecret(value)) return MASK;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, forApiServer(item, name)]));
}
