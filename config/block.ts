import type * as z from "zod";

import { explain } from "./problems/explain.ts";
import type { Problem, ReportProblem } from "./problems/problem.ts";

/** How strictly a stack file is judged; a field of the file, never its name. */
export type Profile = "standard" | "production";

export interface BlockSpec<TSchema extends z.ZodType> {
  /** The block's strict shape. */
  readonly schema: TSchema;
  /** What must hold between the fields of a block whose shape is right; paths of problems start below the block. */
  readonly check?: (settings: z.output<TSchema>, report: ReportProblem, profile: Profile) => void;
}

/** One block of the stack file. */
export interface Block<TSchema extends z.ZodType> {
  readonly schema: TSchema;
  /** Everything wrong with the block, with paths that start below it; [] if nothing is. */
  readonly judge: (raw: unknown, profile: Profile) => Problem[];
}

export function defineBlock<TSchema extends z.ZodType>({ schema, check }: BlockSpec<TSchema>): Block<TSchema> {
  return {
    schema,
    judge(raw, profile) {
      const result = schema.safeParse(raw);
      if (!result.success) return explain(schema, result.error, raw);
      const problems: Problem[] = [];
      check?.(
        result.data,
        (problem) => {
          problems.push(problem);
        },
        profile,
      );
      return problems;
    },
  };
}
