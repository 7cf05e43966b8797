import type { Registry } from "../cli/run.ts";

/** Every command of `preflight`, in the order of its list. */
export const COMMANDS: Registry = {
  preview: async () => (await import("../preview/command.ts")).preview,
  bench: async () => (await import("../preview/bench/command.ts")).bench,
  account: async () => (await import("./account/command.ts")).account,
  images: async () => (await import("./registry/images.ts")).images,
  up: async () => (await import("./deploy/up.ts")).up,
  pending: async () => (await import("./deploy/pending.ts")).pending,
  pulumi: async () => (await import("./deploy/pulumi.ts")).pulumi,
  endpoint: async () => (await import("./endpoint/endpoint.ts")).endpoint,
  docs: async () => (await import("./repository/docs.ts")).docs,
  format: async () => (await import("./repository/format.ts")).format,
};
