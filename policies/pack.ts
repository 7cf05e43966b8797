/** What the entry needs: one module, so that publishing is bundling it. */
export { initialConfiguration } from "./configuration.ts";
export { cacheDeserialization } from "./lib/deserialization-cache.ts";
export { rules } from "./rules.ts";
