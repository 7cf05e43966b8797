import { readFileSync } from "node:fs";

import { serveLines } from "../program.ts";
import { ask } from "../redis.ts";

const { CACHE_SOCKET = "", CACHE_USER = "", CACHE_PASSWORD, CACHE_PASSWORD_FILE } = process.env;

/** From the file at each new connection; from the variable as it was when the process began, if it has that instead. */
const password = () => CACHE_PASSWORD ?? readFileSync(CACHE_PASSWORD_FILE ?? "", "utf8");

await serveLines(async () => {
  const [login = ""] = await ask(CACHE_SOCKET, `AUTH ${CACHE_USER} ${password()}`, "PING");
  return login;
});
