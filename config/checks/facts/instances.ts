import { nearest } from "../../../core/nearest.ts";
import {
  INSTANCE_TYPES_AS_OF,
  instanceFamilies,
  instanceType,
  instanceTypesOf,
} from "../../../standards/facts/instance-types.ts";
import { showValue } from "../../problems/problem.ts";
import type { Judgement } from "./objection.ts";

/** Graviton families carry a g after their generation (m7g, c7gn, r8gd); the g of g5 stands before it. */
const looksLikeGraviton = (name: string) => /^[a-z]+\d+[a-z]*g/.test(name);

/** Judges a type of instances for a group of an architecture. */
export function judgeInstanceType(name: string, architecture: string): Judgement {
  const known = instanceType(name);
  const [family = ""] = name.split(".");
  const others = instanceTypesOf(family);
  if (known === undefined && others.length > 0) {
    return {
      certain: true,
      found: `${showValue(name)}, a size that the family ${family} does not have`,
      allowed: `one of ${others.join(", ")}`,
      fix: `Take the size that was meant${nearest(name, others) === undefined ? "" : `, for instance ${nearest(name, others) ?? ""}`}.`,
    };
  }
  const its = known === undefined || known.architecture === "unknown" ? undefined : known.architecture;
  if ((its ?? (looksLikeGraviton(name) ? "arm64" : "x86_64")) !== architecture) {
    return {
      certain: true,
      found: showValue(name),
      allowed: `instance types of the architecture ${architecture}`,
      fix: "Change the type or the architecture: the image fits one of them only.",
    };
  }
  if (its !== undefined) return undefined;
  return {
    certain: false,
    found: `${showValue(name)}, of which our table of ${INSTANCE_TYPES_AS_OF} does not know ${known === undefined ? "the family" : "what it offers"}`,
    allowed: `instance types of the architecture ${architecture}, for instance ${architecture === "arm64" ? "m7g.large" : "m7i.large"}`,
    fix: `See whether the region has it before the next deployment: aws ec2 describe-instance-types --instance-types ${name}`,
  };
}

/** What a pool of nodes takes. */
export interface PoolFacts {
  readonly architecture: string;
  readonly instanceCategories: readonly string[];
  readonly minInstanceGeneration: number;
}

/** Judges a category of a pool: Karpenter makes no node from one that has no type of the pool's architecture and age. */
export function judgeCategory(category: string, { architecture, minInstanceGeneration }: PoolFacts): Judgement {
  const types = instanceFamilies().filter(({ category: its, type }) => its === category && type.vcpus > 0);
  const fits = types.some(
    ({ type, generation }) => type.architecture === architecture && generation >= minInstanceGeneration,
  );
  if (fits) return undefined;
  return {
    certain: types.length > 0,
    found: `${showValue(category)}, of which no ${architecture} instance of the generation ${minInstanceGeneration} or newer is known`,
    allowed: "families that have such instances, for instance c, m, r",
    fix: "Remove the family, or lower minInstanceGeneration: no node would ever come from it.",
  };
}
