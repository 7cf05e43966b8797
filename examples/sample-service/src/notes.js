import { timingSafeEqual } from "node:crypto";

import { secretValues } from "./secrets.js";

const MAX_BODY_BYTES = 16_384;

async function readJson(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}

const equal = (one, other) => one.length === other.length && timingSafeEqual(one, other);

/** Whether a request carries the key; for a while after a renewal the former one is good as well. */
async function mayWrite(request) {
  const given = Buffer.from(/^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "");
  const keys = await secretValues("WRITE_KEY");
  return keys.some((key) => equal(Buffer.from(key), given));
}

/** What the service is for: notes that are read by everybody and written with a key. */
export function createNotes(pool, { notesWritten }) {
  return {
    async list() {
      const { rows } = await pool.query(
        "SELECT id::text, content, written_at FROM notes ORDER BY written_at DESC, id DESC LIMIT 100",
      );
      return { status: 200, body: { notes: rows } };
    },
    async write(request) {
      if (!(await mayWrite(request))) return { status: 401, body: { error: "no key, or a wrong one" } };
      const content = (await readJson(request))?.content;
      if (typeof content !== "string" || content.length < 1 || content.length > 1000)
        return { status: 400, body: { error: "content must be a text of 1 to 1000 characters" } };
      const { rows } = await pool.query("INSERT INTO notes (content) VALUES ($1) RETURNING id::text", [content]);
      notesWritten.inc();
      return { status: 201, body: rows[0] };
    },
  };
}
