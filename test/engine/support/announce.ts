import { hasCli } from "./cli.ts";

/** Says once, before all files, that nothing will be proven without the CLI. */
export default function announce(): void {
  if (hasCli) return;
  console.error(
    "SKIPPED: no pulumi on PATH. The tests in test/engine run the committed stacks under the real CLI; install it to run them.",
  );
}
