// What CI checks beside the tests: side by side, since each leaves a processor idle at times. What one says is printed when it is
// done. Exit code 1 when one of them fails.
import { spawn } from "node:child_process";

const CHECKS = [["format", "--", "--check"], ["lint"], ["typecheck"], ["docs", "--", "--check"]];

/** Runs a script of package.json; answers whether it went well. */
function run(words) {
  const began = performance.now();
  // Under npm run, npm says how it was started; by itself this file finds it on PATH.
  const npm = process.env.npm_execpath;
  const [program, ...before] = npm === undefined ? ["npm"] : [process.execPath, npm];
  const child = spawn(program, [...before, "run", "--silent", ...words], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
  }
  return new Promise((resolve) => {
    const end = (status) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      process.stdout.write(`${status === 0 ? "ok    " : "FAILED"}  npm run ${words.join(" ")}  (${seconds} s)\n`);
      if (status !== 0) process.stdout.write(`${said.trim().replaceAll(/^/gm, "    ")}\n`);
      resolve(status === 0);
    };
    child.on("error", ({ message }) => {
      said += message;
      end(-1);
    });
    child.on("close", end);
  });
}

const results = await Promise.all(CHECKS.map(run));
process.exitCode = results.every(Boolean) ? 0 : 1;
