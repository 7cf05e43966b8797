import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";

import { serveLines } from "../program.ts";

const { SIGNING_KEY_FILE, SIGNING_KEY_NEXT_FILE, SIGNING_KEY_PREVIOUS_FILE } = process.env;

const sign = (text: string, key: string) => `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
const keyIn = (file: string | undefined) => (file === undefined ? [] : [readFileSync(file, "utf8")]);

/** Signs with the current key; accepts the next one, the current one and the previous one, read in this order. */
await serveLines((line) => {
  const [verb, text = ""] = line.split(" ");
  if (verb === "sign") return keyIn(SIGNING_KEY_FILE).map((key) => sign(text, key))[0] ?? "no key";
  const accepted = [SIGNING_KEY_NEXT_FILE, SIGNING_KEY_FILE, SIGNING_KEY_PREVIOUS_FILE].flatMap(keyIn);
  const [payload = ""] = text.split(".");
  return accepted.some((key) => sign(payload, key) === text) ? "200" : "401";
});
