import { join } from "node:path";
import { build } from "esbuild";

// Runs before `npm pack` and `pulumi policy publish`: rules and standards become one JavaScript file, because Node runs
// no TypeScript below node_modules. The repository itself never uses the result; policies/index.js prefers the source.
const pack = join(import.meta.dirname, "..", "policies");

await build({
  entryPoints: [join(pack, "pack.ts")],
  outfile: join(pack, "dist", "pack.js"),
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22.18",
  // The SDK must be the copy that the policy runner loads.
  external: ["@pulumi/policy"],
  logLevel: "warning",
});
