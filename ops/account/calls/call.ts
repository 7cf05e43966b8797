import type { STSClient } from "@aws-sdk/client-sts";

import { arnOf } from "../../../core/names.ts";
import type { Outcome } from "../outcome.ts";

/** How a call reaches AWS. */
export interface Wire {
  /** What every client of the SDK is made with. */
  readonly options: {
    readonly region: string;
    readonly credentials: STSClient["config"]["credentials"];
    readonly maxAttempts: number;
    readonly retryMode: "standard";
  };
  /** Ends the call when its time is over, whatever the SDK is doing. */
  readonly signal: AbortSignal;
  /** Address of a stand-in for AWS (AWS_ENDPOINT_URL); undefined for AWS itself. */
  readonly endpoint: string | undefined;
}

/** The environment and the account that a right is for. */
export interface Holder {
  readonly accountId: string;
  readonly region: string;
  /** Regions in which anything is asked. */
  readonly regions: readonly string[];
  /** What names of the environment begin with: its name behind the prefix. */
  readonly name: string;
}

/** One read-only operation; its key in the table of calls is its IAM action. */
export interface Call<I, O> {
  /** Codes of errors that mean "there is none". */
  readonly absent: readonly string[];
  /** ARNs for its statement in a policy; "*" where AWS knows none to narrow to. */
  readonly resources: (holder: Holder) => readonly string[];
  readonly send: (input: I, wire: Wire) => Promise<O>;
  /** What became of questions already asked, by run and by input with region: the same question is asked once. */
  readonly memory: WeakMap<object, Map<string, Promise<Outcome<O>>>>;
}

/** Writes a call down: how it is sent, and what is not a failure of it. */
export function call<I, O>(
  send: (input: I, wire: Wire) => Promise<O>,
  { absent = [], resources = () => ["*"] }: Partial<Pick<Call<I, O>, "absent" | "resources">> = {},
): Call<I, O> {
  return { absent, resources, send, memory: new WeakMap() };
}

/** ARNs of something in every region that is asked; `resource` is told what names of the environment begin with. */
export function everywhere(service: string, resource: (name: string) => string): (holder: Holder) => readonly string[] {
  return ({ accountId, regions, name }) =>
    regions.map((region) => arnOf({ accountId, region }, service, resource(name)));
}

/** The same in the environment's own region alone. */
export function inRegion(service: string, resource: (name: string) => string): (holder: Holder) => readonly string[] {
  return ({ accountId, region, name }) => [arnOf({ accountId, region }, service, resource(name))];
}

/** What `send` of a client takes beside the command. */
export const until = ({ signal }: Wire): { readonly abortSignal: AbortSignal } => ({ abortSignal: signal });

/** Pages of an answer that are read before the rest is left out: no account that this program is for has more. */
const MOST_PAGES = 50;

/** All items of an answer that comes in pages. */
export async function collect<P, T>(
  pages: AsyncIterable<P>,
  items: (page: P) => readonly T[] | undefined,
): Promise<T[]> {
  const all: T[] = [];
  let read = 0;
  for await (const page of pages) {
    all.push(...(items(page) ?? []));
    read += 1;
    if (read === MOST_PAGES) break;
  }
  return all;
}
