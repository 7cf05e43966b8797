import { main } from "@pulumi/pulumi/provider/index.js";

import { answerCreate, answerInvoke } from "../../../preview/cloud/fake-cloud.ts";

const [, , version = "1.0.0", ...args] = process.argv;

/** Functions that find nothing, by token with spaces between: an account in which something was not put in yet. */
const lacking = new Set((process.env["PREFLIGHT_FAKE_LACKS"] ?? "").split(" "));

const typeOf = (urn: string) => urn.split("::")[2]?.split("$").at(-1) ?? "";
const nameOf = (urn: string) => urn.split("::").at(-1) ?? "";

/** A provider process for the real engine that answers as the preview's cloud does: from one and the same module. */
await main(
  {
    version,
    schema: "{}",
    check: (_urn, _olds, news) => Promise.resolve({ inputs: news }),
    diff: (_id, urn, olds, news) => {
      // What was answered at creation is the state; a resource is unchanged when its new inputs lead to the same answer.
      const { outputs } = answerCreate({ type: typeOf(urn), name: nameOf(urn), urn, inputs: news });
      return Promise.resolve({ changes: JSON.stringify(sorted(outputs)) !== JSON.stringify(sorted(olds)) });
    },
    create: (urn, inputs) => {
      const { id, outputs } = answerCreate({ type: typeOf(urn), name: nameOf(urn), urn, inputs });
      return Promise.resolve({ id, outs: outputs });
    },
    update: (_id, urn, _olds, news) =>
      Promise.resolve({ outs: answerCreate({ type: typeOf(urn), name: nameOf(urn), urn, inputs: news }).outputs }),
    read: (id, _urn, props) => Promise.resolve({ id, props }),
    delete: () => Promise.resolve(),
    invoke: (token, inputs) => {
      if (lacking.has(token)) return Promise.reject(new Error("ImageNotFoundException: it does not exist"));
      const outputs = answerInvoke(token, inputs);
      return outputs === undefined
        ? Promise.reject(new Error(`no answer for the function ${token}`))
        : Promise.resolve({ outputs });
    },
  },
  args,
);

/** Key of the wire's secret wrapper; the engine keeps what a resource calls secret in it. */
const SECRET_KEY = "4dabf18193072939515e22adb298388d";

/** The value with the keys of every map in order and secrets unwrapped, so that two of them compare as text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  if (SECRET_KEY in value && "value" in value) return sorted(value.value);
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
