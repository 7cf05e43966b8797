import type { Resource } from "../engine/model.ts";
import { STACK_TYPE } from "../engine/urn.ts";

/** Name of the stack's output with what people do next: a list of sentences, in order. */
const OUTPUT = "nextSteps";

/** What the program says that people do next; [] when nothing is, or the program has no such output. */
export function nextStepsOf(resources: readonly Resource[]): readonly string[] {
  const steps = resources.find(({ type }) => type === STACK_TYPE)?.outputs[OUTPUT];
  return Array.isArray(steps) ? steps.filter((step): step is string => typeof step === "string") : [];
}
