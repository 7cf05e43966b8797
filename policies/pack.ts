/** What the entry needs: one module, so that publishing is bundling it. */
export { cacheDeserialization } from "./lib/deserialization-cache.ts";
export { rules } from "./rules.ts";
