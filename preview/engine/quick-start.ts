// Loaded into every process that runs the SDK, before the SDK itself. It changes when things are loaded, not what runs.
import { Module, createRequire } from "node:module";
import { join } from "node:path";

interface Frame {
  readonly getFunctionName: () => string | null;
  readonly toString: () => string;
}

/** A stack as Node writes it. */
function writeStack(error: Error, frames: readonly Frame[]): string {
  return [Error.prototype.toString.call(error), ...frames.map((frame) => `    at ${frame.toString()}`)].join("\n");
}

/**
 * The SDK records a stack for every promise it makes, some eighty for each resource, shows them when a promise is never
 * settled, and installs a library that sends every frame through source maps: more than a third of a run's time. These
 * stacks are written when somebody reads them. Node runs our TypeScript with its lines where they are: nothing to map.
 */
function prepareStackTrace(error: Error, frames: readonly Frame[]): unknown {
  const [first] = frames;
  return first?.getFunctionName() === "debuggablePromise" ? { toString: () => writeStack(error, frames) } : writeStack(error, frames);
}

Object.defineProperty(Error, "prepareStackTrace", { get: () => prepareStackTrace, set: () => undefined, configurable: true });

/**
 * Packages which the SDK loads when it starts, and uses only to turn JavaScript functions into deployable code: two thirds
 * of its start. They are loaded when they are first used.
 */
const RARELY_USED = ["typescript", "@npmcli/arborist"];

// From where the SDK itself resolves them; the working directory is the program's or the pack's.
const fromHere = createRequire(join(process.cwd(), "package.json"));
const fromSdk = createRequire(fromHere.resolve("@pulumi/pulumi/package.json"));

/** A module that becomes the real one when something is read from it. */
function lazyModule(path: string): Module {
  const placeholder = new Module(path);
  let real: object | undefined;
  const load = (): object => {
    if (real === undefined) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
      delete fromSdk.cache[path];
      real = fromSdk(path) as object;
    }
    return real;
  };
  placeholder.exports = new Proxy(load, {
    // Compiled imports copy a module's values at once unless it says that it is an ES module.
    get: (_target, key): unknown => (key === "__esModule" ? true : Reflect.get(load(), key)),
    has: (_target, key) => key in load(),
  });
  placeholder.loaded = true;
  return placeholder;
}

for (const name of RARELY_USED) {
  const path = fromSdk.resolve(name);
  fromSdk.cache[path] = lazyModule(path);
}
