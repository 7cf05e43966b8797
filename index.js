// The program's entry is JavaScript so that an older Node says what to do instead of failing in its module loader.
import * as pulumi from "@pulumi/pulumi";

/** The first release that runs TypeScript files itself. */
const OLDEST = { major: 22, minor: 18 };

export default async function program() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) {
    throw new pulumi.RunError(
      `Preflight needs Node ${OLDEST.major}.${OLDEST.minor} or newer; Pulumi started it with Node ${process.versions.node}.\n` +
        "Use the pinned one:    npm ci && npm run up -- <environment>\n" +
        "or for any command:    npm run pulumi -- <command and its flags>",
    );
  }
  return { ...(await import("./index.ts")) };
}
