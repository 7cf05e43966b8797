// Loaded into every process that runs the SDK, before the SDK itself. It changes what is loaded when, and what is recorded
// for debugging the SDK; what programs and packs do is the same. It halves the time of a run.
import { createRequire, Module } from "node:module";
import { join } from "node:path";

// From where the SDK itself resolves its packages; the working directory is the program's or the pack's.
const fromHere = createRequire(join(process.cwd(), "package.json"));
const fromSdk = createRequire(fromHere.resolve("@pulumi/pulumi/package.json"));

/** Answers a function that loads a package once. */
function loader(path: string): () => object {
  let real: object | undefined;
  return () => {
    if (real === undefined) {
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
      delete fromSdk.cache[path];
      real = fromSdk(path) as object;
    }
    return real;
  };
}

interface Manifest {
  readonly version?: string;
  readonly main?: string;
}

/** A package that is loaded when something but its version is read from it. */
function lazyPackage(load: () => object, name: string): object {
  const { version } = fromSdk(`${name}/package.json`) as Manifest;
  // Compiled imports copy a package's values at once unless it says that it is an ES module.
  const known: Readonly<Record<string | symbol, unknown>> = { __esModule: true, version };
  return new Proxy(load, {
    get: (_target, key): unknown => (key in known ? known[key] : Reflect.get(load(), key)),
    has: (_target, key) => key in load(),
  });
}

/** A package of which importers take functions and classes at once: it is loaded when one of these is called. */
function lazyFunctions(load: () => object): object {
  const call = (key: string | symbol) => {
    // Of whatever kind the real one is, calling and constructing it works as on the real one.
    const real = () => Reflect.get(load(), key) as new (...args: unknown[]) => object;
    return new Proxy(
      function placeholder() {
        /* never runs: the handlers below answer */
      },
      {
        apply: (_target, self, args): unknown => Reflect.apply(real(), self, args),
        construct: (_target, args: unknown[]) => Reflect.construct(real(), args),
      },
    );
  };
  return new Proxy(load, { get: (_target, key): unknown => (key === "__esModule" ? true : call(key)) });
}

function register(name: string, make: (load: () => object, name: string) => object): void {
  let path: string;
  try {
    path = fromSdk.resolve(name);
  } catch {
    // Another release of the SDK may not have it.
    return;
  }
  const placeholder = new Module(path);
  placeholder.exports = make(loader(path), name);
  placeholder.loaded = true;
  fromSdk.cache[path] = placeholder;
}

// Used only to turn JavaScript functions into deployable code; half of the SDK's own start.
for (const name of ["typescript", "@npmcli/arborist"]) register(name, lazyPackage);

// A pack's starter prepares the compiler for every pack; one whose entry is JavaScript has nothing to compile.
if ((fromHere("./package.json") as Manifest).main?.endsWith(".js") === true)
  register("./vendor/ts-node@7.0.1", () => ({ register: () => undefined }));

// Used only when a run is traced.
for (const name of [
  "@opentelemetry/exporter-zipkin",
  "@opentelemetry/instrumentation",
  "@opentelemetry/instrumentation-grpc",
  "@opentelemetry/resources",
  "@opentelemetry/sdk-trace-base",
  "@opentelemetry/sdk-trace-node",
])
  register(name, lazyFunctions);

// A library that sends the frames of every stack through source maps. Node runs our TypeScript with its lines where they
// are, so there is nothing to map: the library's hook is not taken.
Object.defineProperty(Error, "prepareStackTrace", { get: () => undefined, set: () => undefined, configurable: true });

interface Log {
  debug: () => Promise<void>;
}

// Debug lines are shown to nobody, but the SDK sends each of them, several for each resource, and waits for one before it
// sends the next.
(fromSdk("./log/index.js") as Log).debug = () => Promise.resolve();

interface Debuggable {
  debuggablePromise: (promise: unknown, context: unknown) => unknown;
}

/**
 * The SDK records a stack for each promise it makes, some eighty for each resource, for PULUMI_DEBUG_PROMISE_LEAKS. Leaks
 * are found and named all the same; their stacks are empty unless that variable asks for them.
 */
function skipPromiseStacks(debuggable: Debuggable): void {
  const original = debuggable.debuggablePromise;
  debuggable.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return original(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}

if (process.env["PULUMI_DEBUG_PROMISE_LEAKS"] === undefined)
  skipPromiseStacks(fromSdk("./runtime/debuggable.js") as Debuggable);

// A pack serves until it is ended. Should the preview die without ending it, it has nobody to serve.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 1000).unref();
