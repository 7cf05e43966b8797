import type { KeyObject } from "node:crypto";
import { generateKeyPairSync, sign } from "node:crypto";

/** A certificate with its key, both as PEM. */
export interface Issued {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority of a test's own. */
export interface Authority {
  /** As PEM. */
  readonly certificate: string;
  /** A server's certificate for a host name. */
  readonly issue: (host: string) => Issued;
}

/** One value of DER: its tag, its length, its content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length < 256 ? [body.length] : [body.length >> 8, body.length & 255];
  const length = body.length < 128 ? [body.length] : [128 + size.length, ...size];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...content: readonly Buffer[]) => der(0x30, ...content);
const bytes = (...values: readonly number[]) => Buffer.from(values);
/** Identifiers of RFC 5280 and 5480, as the bytes behind the tag. */
const OID = {
  commonName: der(0x06, bytes(0x55, 0x04, 0x03)),
  basicConstraints: der(0x06, bytes(0x55, 0x1d, 0x13)),
  alternativeName: der(0x06, bytes(0x55, 0x1d, 0x11)),
  ecdsaWithSha256: der(0x06, bytes(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)),
};
const TRUE = der(0x01, bytes(0xff));
const ALGORITHM = sequence(OID.ecdsaWithSha256);
const VALIDITY = sequence(der(0x17, Buffer.from("200101000000Z")), der(0x18, Buffer.from("20991231235959Z")));

const nameOf = (name: string) => sequence(der(0x31, sequence(OID.commonName, der(0x0c, Buffer.from(name)))));
const bitString = (content: Buffer) => der(0x03, bytes(0), content);
const pem = (content: Buffer) =>
  `-----BEGIN CERTIFICATE-----\n${content.toString("base64").replaceAll(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;

interface Request {
  readonly subject: string;
  readonly issuer: string;
  readonly serial: number;
  readonly extension: Buffer;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
}

function certificateOf({ subject, issuer, serial, extension, publicKey, signer }: Request): string {
  const body = sequence(
    der(0xa0, der(0x02, bytes(2))),
    der(0x02, bytes(serial)),
    ALGORITHM,
    nameOf(issuer),
    VALIDITY,
    nameOf(subject),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(extension)),
  );
  return pem(sequence(body, ALGORITHM, bitString(sign("sha256", body, signer))));
}

/** Makes an authority; its certificates are good for the rest of the century. */
export function createAuthority(name: string): Authority {
  const own = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const extension = sequence(OID.basicConstraints, TRUE, der(0x04, sequence(TRUE)));
  return {
    certificate: certificateOf({
      subject: name,
      issuer: name,
      serial: 1,
      extension,
      publicKey: own.publicKey,
      signer: own.privateKey,
    }),
    issue: (host) => {
      const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const names = sequence(OID.alternativeName, der(0x04, sequence(der(0x82, Buffer.from(host)))));
      return {
        certificate: certificateOf({
          subject: host,
          issuer: name,
          serial: 2,
          extension: names,
          publicKey,
          signer: own.privateKey,
        }),
        key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      };
    },
  };
}
