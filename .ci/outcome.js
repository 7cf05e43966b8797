// Reads a test report (vitest's JSON, the path is the argument): the first line says how many tests passed, failed and were skipped,
// each further one how many were skipped for a reason. The reason is the end of a title, "(skipped: …)".
import { readFileSync } from "node:fs";

const REASON = /\(skipped: (.+)\)$/;

const { testResults } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
const passed = tests.filter(({ status }) => status === "passed").length;
const failed = tests.filter(({ status }) => status === "failed").length;

const reasons = new Map();
for (const { status, ancestorTitles, title } of tests) {
  if (status === "passed" || status === "failed") continue;
  const reason = [...ancestorTitles, title].map((text) => REASON.exec(text)?.[1]).find((text) => text !== undefined);
  const said = reason ?? "no reason is given; describeWith in test/support/requirements.ts takes one";
  reasons.set(said, (reasons.get(said) ?? 0) + 1);
}

console.log(passed, failed, tests.length - passed - failed);
for (const [reason, count] of [...reasons].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${count} ${count === 1 ? "test" : "tests"}: ${reason}`);
}
