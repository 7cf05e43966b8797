import { PULUMI_CLI } from "./cli.ts";

/** Says once, before all files, that nothing will be proven without the CLI. */
export default function announce(): void {
  if (!PULUMI_CLI.here) console.error(`SKIPPED: ${PULUMI_CLI.missing}.`);
}
