import { log } from "./log.js";

const COMMANDS = {
  serve: async () => (await import("./server.js")).serve(),
  migrate: async () => (await import("./migrate.js")).migrate(),
};

const [command = "serve"] = process.argv.slice(2);

if (Object.hasOwn(COMMANDS, command)) {
  try {
    await COMMANDS[command]();
  } catch (error) {
    log("error", `${command} failed`, { error: error.message });
    process.exitCode = 1;
  }
} else {
  log("error", `there is no command ${command}`, { commands: Object.keys(COMMANDS) });
  process.exitCode = 2;
}
