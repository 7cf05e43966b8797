// The pack's entry is JavaScript so that the policy runner starts no compiler, and so that an older Node says what to do;
// a newer one runs the TypeScript rules as they are.
// Nothing may be printed to standard output here: the engine reads its first line as the server's port.
import { existsSync } from "node:fs";
import { PolicyPack } from "@pulumi/policy";

/** The first release that runs TypeScript files itself. */
const OLDEST = { major: 22, minor: 18 };

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) {
  console.error(
    `The policy pack needs Node ${OLDEST.major}.${OLDEST.minor} or newer; Pulumi started it with Node ${process.versions.node}.\n` +
      "Put a newer node first on PATH. In the Preflight repository: npm ci && npm run pulumi -- <command and its flags>",
  );
  process.exit(1);
}

// A published pack holds its rules as one JavaScript file: Node runs no TypeScript below node_modules.
const source = new URL("pack.ts", import.meta.url);
const pack = existsSync(source) ? source : new URL("dist/pack.js", import.meta.url);

// The runner loads this file with require(), which allows no top-level await: the import runs on by itself.
void import(pack.href).then(({ cacheDeserialization, initialConfiguration, rules }) => {
  cacheDeserialization();
  // The language host says for which stack it starts the pack.
  const { PULUMI_NODEJS_PROJECT: project, PULUMI_NODEJS_STACK: stack } = process.env;
  new PolicyPack("preflight", { policies: rules }, initialConfiguration({ project, stack }, rules));
});
