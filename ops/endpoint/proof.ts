import * as https from "node:https";
import { isIPv6 } from "node:net";
import { text as textOf } from "node:stream/consumers";

import { messageOf } from "../../cli/errors.ts";
import { contains, parseIpv4Cidr } from "../../core/cidr.ts";
import { isRecord } from "../../core/records.ts";
import type { KnownCluster } from "./kubeconfig.ts";

/** How long an API server may take to answer. */
const LIMIT_MILLISECONDS = 15_000;

/** Another way to the API server than the internet: the near end of a tunnel, or its private address. */
export interface Way {
  readonly host: string;
  readonly port: number;
}

export interface Proof {
  /** Address that was connected to. */
  readonly address: string;
  /** What the API server says it is; "unknown" where it tells nobody without a login. */
  readonly version: string;
}

/** The answer to whether somebody gets in that way. */
export type Answer = Proof | { readonly problem: string };

/** `::ffff:127.0.0.1` as 127.0.0.1 */
const plainAddress = (address: string) => address.replace(/^::ffff:/, "");

/** Whether an address is this machine's own, or one of the environment's network; the public endpoint's is neither. */
export function isPrivateWay(address: string, networkCidr: string): boolean {
  if (isIPv6(address)) return address === "::1";
  const block = parseIpv4Cidr(`${address}/32`);
  return (
    block !== undefined &&
    ["127.0.0.0/8", networkCidr].some((cidr) => {
      const outer = parseIpv4Cidr(cidr);
      return outer !== undefined && contains(outer, block);
    })
  );
}

/** What an API server says to "who are you", with or without a login; undefined when it was something else that answered. */
function versionIn(body: string): string | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isRecord(answer)) return undefined;
  if (typeof answer["gitVersion"] === "string") return answer["gitVersion"];
  return answer["kind"] === "Status" && answer["apiVersion"] === "v1" ? "unknown" : undefined;
}

/**
 * Connects by that way and asks who is there. What answers must have a certificate by the cluster's own authority, and no
 * other, for the API server's name; and the connection must end on this machine, where a tunnel begins, or in the
 * environment's network. A forwarder on this machine to the public endpoint cannot be told from a tunnel.
 */
export function prove({ host, port }: Way, cluster: KnownCluster, networkCidr: string): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const request = https.request(
    {
      host,
      port,
      path: "/version",
      servername: cluster.host,
      headers: { host: cluster.host, accept: "application/json" },
      ca: cluster.authority,
      agent: false,
      timeout: LIMIT_MILLISECONDS,
      signal: AbortSignal.timeout(LIMIT_MILLISECONDS),
    },
    (response) => {
      const address = plainAddress(response.socket.remoteAddress ?? "");
      textOf(response).then(
        (body) => {
          const version = versionIn(body);
          if (!isPrivateWay(address, networkCidr))
            resolve({
              problem: `${address} is neither this machine, where a tunnel begins, nor inside ${networkCidr}`,
            });
          else resolve(version === undefined ? { problem: "what answers is no API server" } : { address, version });
        },
        (error: unknown) => {
          resolve({ problem: messageOf(error) });
        },
      );
    },
  );
  request.on("error", (error) => {
    const late = error.name === "TimeoutError" || error.name === "AbortError";
    resolve({ problem: late ? `no answer within ${LIMIT_MILLISECONDS / 1000} seconds` : error.message });
  });
  request.end();
  return promise;
}
